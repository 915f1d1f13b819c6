/* params.h: the parameters of a function that a table has as a number and a list of types: they are called a, b, c, ... */
#ifndef HAFT_SRC_PARAMS_H
#define HAFT_SRC_PARAMS_H

/* HAFT__PARAMS_n (types): as they are declared, */
#define HAFT__PARAMS_0(A) void
#define HAFT__PARAMS_1(A) A a
#define HAFT__PARAMS_2(A, B) A a, B b
#define HAFT__PARAMS_3(A, B, C) A a, B b, C c
#define HAFT__PARAMS_4(A, B, C, D) A a, B b, C c, D d
#define HAFT__PARAMS_5(A, B, C, D, E) A a, B b, C c, D d, E e
#define HAFT__PARAMS_6(A, B, C, D, E, F) A a, B b, C c, D d, E e, F f
#define HAFT__PARAMS_7(A, B, C, D, E, F, G) A a, B b, C c, D d, E e, F f, G g
#define HAFT__PARAMS_8(A, B, C, D, E, F, G, H) A a, B b, C c, D d, E e, F f, G g, H h
#define HAFT__PARAMS_9(A, B, C, D, E, F, G, H, I) A a, B b, C c, D d, E e, F f, G g, H h, I i
#define HAFT__PARAMS_10(A, B, C, D, E, F, G, H, I, J) A a, B b, C c, D d, E e, F f, G g, H h, I i, J j
#define HAFT__PARAMS_11(A, B, C, D, E, F, G, H, I, J, K) A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k
#define HAFT__PARAMS_12(A, B, C, D, E, F, G, H, I, J, K, L) A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l
#define HAFT__PARAMS_13(A, B, C, D, E, F, G, H, I, J, K, L, M) \
    A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m

/* ... and as arguments. */
#define HAFT__ARGS_0
#define HAFT__ARGS_1 a
#define HAFT__ARGS_2 a, b
#define HAFT__ARGS_3 a, b, c
#define HAFT__ARGS_4 a, b, c, d
#define HAFT__ARGS_5 a, b, c, d, e
#define HAFT__ARGS_6 a, b, c, d, e, f
#define HAFT__ARGS_7 a, b, c, d, e, f, g
#define HAFT__ARGS_8 a, b, c, d, e, f, g, h
#define HAFT__ARGS_9 a, b, c, d, e, f, g, h, i
#define HAFT__ARGS_10 a, b, c, d, e, f, g, h, i, j
#define HAFT__ARGS_11 a, b, c, d, e, f, g, h, i, j, k
#define HAFT__ARGS_12 a, b, c, d, e, f, g, h, i, j, k, l
#define HAFT__ARGS_13 a, b, c, d, e, f, g, h, i, j, k, l, m

/* What they take on a 32-bit stack, in bytes. */
#define HAFT__BYTES_0 0
#define HAFT__BYTES_1 4
#define HAFT__BYTES_2 8
#define HAFT__BYTES_3 12
#define HAFT__BYTES_4 16
#define HAFT__BYTES_5 20
#define HAFT__BYTES_6 24
#define HAFT__BYTES_7 28
#define HAFT__BYTES_8 32
#define HAFT__BYTES_9 36
#define HAFT__BYTES_10 40
#define HAFT__BYTES_11 44
#define HAFT__BYTES_12 48
#define HAFT__BYTES_13 52

#endif
