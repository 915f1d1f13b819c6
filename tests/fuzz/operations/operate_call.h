/* operate_call.h: what calls leave in the places that they are given. */
#ifndef HAFT_TESTS_FUZZ_OPERATE_CALL_H
#define HAFT_TESTS_FUZZ_OPERATE_CALL_H

#include "operate.h"

void op_pair(slot *first, slot *second, ref_kind kind);
void op_duplicate(slot *from, slot *to, bool close_source);
void op_out(slot *s, uint64_t value, uint8_t d); /* the next function that is given the wrapper takes in what was written */
void op_open_dir(slot *s);
void op_end_directories(void);
void op_load(uint8_t d);
void op_free(uint64_t raw);
void op_fence(uint8_t b, uint8_t d);
void op_end_fences(void);

#endif
