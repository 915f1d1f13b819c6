/* haft/win32/compression.h: the Compression API of Windows 8, and cabinets. Link cabinet.
 *
 *     if (!CreateCompressor(COMPRESS_ALGORITHM_XPRESS, NULL, &c)) return -1;
 *     if (!Compress(c, ...)) return -1;            leaks c
 *     CloseDecompressor(c);                        the same type: the compiler lets it pass
 *
 *     HAFT_AUTO(haft_compressor, c);
 *     if (!CreateCompressor(COMPRESS_ALGORITHM_XPRESS, NULL, haft_compressor_out(&c))) return -1;
 *
 * Wine's SDK has cabinets only. */
#ifndef HAFT_WIN32_COMPRESSION_H
#define HAFT_WIN32_COMPRESSION_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <fci.h>
#include <fdi.h>
#if !defined(HAFT__WINE_SDK) && HAFT__SDK >= 0x0602
#include <compressapi.h>
#endif

HAFT_BEGIN_C

/*            name  raw type  none  or    space  closed */
HAFT__WRAPPER(fci,  HFCI,     NULL, NULL, OWN,   FCIDestroy(raw))
HAFT__WRAPPER(fdi,  HFDI,     NULL, NULL, OWN,   FDIDestroy(raw))
#if !defined(HAFT__WINE_SDK) && HAFT__SDK >= 0x0602
HAFT__WRAPPER(compressor,   COMPRESSOR_HANDLE,   NULL, HAFT__INVALID, OWN, CloseCompressor(raw))
HAFT__WRAPPER(decompressor, DECOMPRESSOR_HANDLE, NULL, HAFT__INVALID, OWN, CloseDecompressor(raw))
#endif

HAFT_END_C
#endif

#endif
