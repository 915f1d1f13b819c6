/* nt_types.h: the Win32 types: the SDK's on Windows, the model's elsewhere. */
#ifndef HAFT_SRC_NT_TYPES_H
#define HAFT_SRC_NT_TYPES_H

#include <haft/config.h>

#if defined(HAFT_WINDOWS)
#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>
#include <windows.h>
#include <ras.h>
#else
#include <haft/model_types.h>
#endif

#endif
