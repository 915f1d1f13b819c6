/* haft/win32/gdi.h: GDI objects. Link gdi32; gl_context: opengl32.
 *
 *     HPEN p = CreatePen(PS_SOLID, 1, c);
 *     SelectObject(dc, p);
 *     if (!Polyline(dc, ...)) return;              leaks p: in WM_PAINT, until 10,000 are there and nothing is drawn any more
 *     DeleteObject(p);                             fails too: p is still selected
 *
 *     HAFT_AUTO(haft_pen, p);                      declared before what selects it back, so that it goes after
 *
 * A close that fails because the object is selected is HAFT_E_OS, with a finding. Stock objects are not yours: adopt them as
 * BORROWED. A DC of GetDC or BeginPaint is not closed by DeleteDC, and its closer wants the window too: it has no wrapper. A menu's
 * or clipboard's bitmap is theirs: release it. Adopt an object in one class only: each has a namespace of its own. */
#ifndef HAFT_WIN32_GDI_H
#define HAFT_WIN32_GDI_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)

HAFT_BEGIN_C

/*            name          raw type      none  or    space  closed */
HAFT__WRAPPER(gdi_object,   HGDIOBJ,      NULL, NULL, OWN,   DeleteObject(raw))
HAFT__WRAPPER(bitmap,       HBITMAP,      NULL, NULL, OWN,   DeleteObject((HGDIOBJ)raw))
HAFT__WRAPPER(brush,        HBRUSH,       NULL, NULL, OWN,   DeleteObject((HGDIOBJ)raw))
HAFT__WRAPPER(font,         HFONT,        NULL, NULL, OWN,   DeleteObject((HGDIOBJ)raw))
HAFT__WRAPPER(palette,      HPALETTE,     NULL, NULL, OWN,   DeleteObject((HGDIOBJ)raw))
HAFT__WRAPPER(pen,          HPEN,         NULL, NULL, OWN,   DeleteObject((HGDIOBJ)raw))
HAFT__WRAPPER(region,       HRGN,         NULL, NULL, OWN,   DeleteObject((HGDIOBJ)raw))
HAFT__WRAPPER(dc,           HDC,          NULL, NULL, OWN,   DeleteDC(raw))
HAFT__WRAPPER(metafile,     HMETAFILE,    NULL, NULL, OWN,   DeleteMetaFile(raw))
HAFT__WRAPPER(enh_metafile, HENHMETAFILE, NULL, NULL, OWN,   DeleteEnhMetaFile(raw))
HAFT__WRAPPER(color_space,  HCOLORSPACE,  NULL, NULL, OWN,   DeleteColorSpace(raw))
HAFT__WRAPPER(gl_context,   HGLRC,        NULL, NULL, OWN,   wglDeleteContext(raw))
HAFT__WRAPPER(memory_font,  HANDLE,       NULL, NULL, OWN,   RemoveFontMemResourceEx(raw))

HAFT_END_C
#endif

#endif
