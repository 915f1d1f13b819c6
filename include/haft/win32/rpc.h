/* haft/win32/rpc.h: RPC bindings and strings. Link rpcrt4.
 *
 *     if (RpcStringBindingComposeA(NULL, protocol, host, endpoint, NULL, &text)) return -1;
 *     if (RpcBindingFromStringBindingA(text, &b)) return -1;      leaks text
 *
 *     HAFT_AUTO(haft_rpc_string, text);
 *     if (RpcStringBindingComposeA(NULL, protocol, host, endpoint, NULL, haft_rpc_string_out(&text))) return -1;
 *
 * The closers of RPC set the variable that they are given to NULL: here it is the closer's own. A close that fails sets the last
 * error. A context handle is closed by its server's own call, or RpcSsDestroyClientContext: make a class with HAFT_DEFINE. */
#ifndef HAFT_WIN32_RPC_H
#define HAFT_WIN32_RPC_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <rpc.h>

HAFT_BEGIN_C

/*            name          raw type              none  or    space    closed */
HAFT__WRAPPER(rpc_binding,  RPC_BINDING_HANDLE,   NULL, NULL, OWN,     haft__win32_ok((DWORD)RpcBindingFree(&raw)))
HAFT__WRAPPER(rpc_bindings, RPC_BINDING_VECTOR *, NULL, NULL, POINTER, haft__win32_ok((DWORD)RpcBindingVectorFree(&raw)))
HAFT__WRAPPER(rpc_string,   RPC_CSTR,             NULL, NULL, POINTER, haft__win32_ok((DWORD)RpcStringFreeA(&raw)))
HAFT__WRAPPER(rpc_wstring,  RPC_WSTR,             NULL, NULL, POINTER, haft__win32_ok((DWORD)RpcStringFreeW(&raw)))

HAFT_END_C
#endif

#endif
