/* operate_open.h: opens, shims and what happens behind Haft's back. */
#ifndef HAFT_TESTS_FUZZ_OPERATE_OPEN_H
#define HAFT_TESTS_FUZZ_OPERATE_OPEN_H

#include "operate.h"

ref_kind op_open_kind(uint8_t c);
void op_open(slot *s, uint8_t c, uint8_t d); /* by the constructors of op_open_kind(c); NULL: nothing */
void op_shim_open(uint8_t b, uint8_t c, uint8_t d);
void op_shim_event(uint8_t d);
void op_shim_close(uint64_t raw, ref_kind as);
void op_shim_duplicate(uint8_t c, uint8_t d);
void op_close_behind(const slot *s, uint64_t raw);
void op_open_behind(uint8_t b);
void op_guard(uint8_t c, uint8_t d);
void op_driver(uint8_t c, uint8_t d);

#endif
