/* operate.h: one operation on Haft and on the reference: fuzz_operations.c compares, operate.c operates. */
#ifndef HAFT_TESTS_FUZZ_OPERATE_H
#define HAFT_TESTS_FUZZ_OPERATE_H

#include "reference.h"

/* A wrapper and what the reference thinks of it; `kind` is the type that it has in C. */
typedef struct slot {
    haft_hold h;
    ref_wrapper w;
    ref_kind kind;
} slot;
#define SLOTS 8
#define LOST 64
extern slot slots[SLOTS];
extern slot lost[LOST]; /* wrappers that were written over, for the end */
extern unsigned lost_count;

bool op_is_full(ref_space space); /* of what the arrays have room for */

/* operate.c */
void op_do(unsigned op, uint8_t b, uint8_t c, uint8_t d);
void op_know_keys(void);
void op_give_up(slot *s);
void op_give_up_the_rest(void);

/* fuzz_operations.c */
void op_begin(const char *name);
void op_mark(void); /* errno and the last error are REF_KEEP from here */
void op_same(const char *what, uint64_t library, uint64_t reference);
void op_answer(int64_t result, uint64_t raw, ref_answer expected);

#endif
