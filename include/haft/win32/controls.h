/* haft/win32/controls.h: themes, image lists, pages, the shell's odds and ends, and memory of OLE. Link uxtheme (theme), comctl32,
 * shell32 (drop, page_extensions), oleaut32 (bstr), ole32 (task_memory).
 *
 *     HIMAGELIST l = ImageList_Create(16, 16, ILC_COLOR32, 4, 4);
 *     if (ImageList_Add(l, bitmap, NULL) < 0) return NULL;        leaks l
 *
 *     HAFT_AUTO(haft_image_list, l);
 *     *haft_image_list_out(&l) = ImageList_Create(...);
 *     if (!haft_image_list_valid(&l)) return NULL;
 *
 * A list that a control has taken is the control's, unless it has LVS_SHAREIMAGELISTS; a page that a property sheet has taken is
 * the sheet's: release them. The system's image list is not yours. The close of a theme returns an HRESULT. */
#ifndef HAFT_WIN32_CONTROLS_H
#define HAFT_WIN32_CONTROLS_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <commctrl.h>
#include <uxtheme.h>
#include <shellapi.h>
#include <shlobj.h>
#include <oleauto.h>

HAFT_BEGIN_C

/*            name             raw type        none  or    space    closed */
HAFT__WRAPPER(theme,           HTHEME,         NULL, NULL, OWN,     SUCCEEDED(CloseThemeData(raw)))
HAFT__WRAPPER(image_list,      HIMAGELIST,     NULL, NULL, OWN,     ImageList_Destroy(raw))
HAFT__WRAPPER(property_page,   HPROPSHEETPAGE, NULL, NULL, OWN,     DestroyPropertySheetPage(raw))
HAFT__WRAPPER(pointer_array,   HDPA,           NULL, NULL, OWN,     DPA_Destroy(raw))
HAFT__WRAPPER(structure_array, HDSA,           NULL, NULL, OWN,     DSA_Destroy(raw))
HAFT__WRAPPER(page_extensions, HPSXA,          NULL, NULL, OWN,     (SHDestroyPropSheetExtArray(raw), true))
HAFT__WRAPPER(drop,            HDROP,          NULL, NULL, OWN,     (DragFinish(raw), true))
HAFT__WRAPPER(bstr,            BSTR,           NULL, NULL, POINTER, (SysFreeString(raw), true))
HAFT__WRAPPER(task_memory,     void *,         NULL, NULL, POINTER, (CoTaskMemFree(raw), true))

HAFT_END_C
#endif

#endif
