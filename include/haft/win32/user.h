/* haft/win32/user.h: desktops, window stations, icons, menus, hooks, DDE and the rest of user32. Link user32; input_context: imm32.
 *
 *     HICON i = LoadImage(NULL, file, IMAGE_ICON, 0, 0, LR_LOADFROMFILE);
 *     if (!i || !RegisterClass(&c)) return -1;     leaks i: ten thousand of them, and no program of the session gets a window
 *
 *     HAFT_AUTO(haft_icon, i);
 *     *haft_icon_out(&i) = (HICON)LoadImage(...);
 *     if (!haft_icon_valid(&i)) return -1;
 *
 * What is shared (LR_SHARED, LoadIcon, LoadCursor) is not yours to destroy: adopt it as BORROWED. A window is destroyed by its own
 * thread only. A menu that a window or another menu has taken is theirs: release it. A string handle of DDE (HSZ) cannot be
 * closed without its instance: it has no wrapper. window_positions: the close carries out what was deferred. */
#ifndef HAFT_WIN32_USER_H
#define HAFT_WIN32_USER_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <ddeml.h>
#include <imm.h>

HAFT_BEGIN_C

/*            name              raw type       none  or    space   closed */
HAFT__WRAPPER(desktop,          HDESK,         NULL, NULL, KERNEL, CloseDesktop(raw))
HAFT__WRAPPER(window_station,   HWINSTA,       NULL, NULL, KERNEL, CloseWindowStation(raw))
HAFT__WRAPPER(window,           HWND,          NULL, NULL, OWN,    DestroyWindow(raw))
HAFT__WRAPPER(window_positions, HDWP,          NULL, NULL, OWN,    EndDeferWindowPos(raw))
HAFT__WRAPPER(icon,             HICON,         NULL, NULL, OWN,    DestroyIcon(raw))
HAFT__WRAPPER(cursor,           HCURSOR,       NULL, NULL, OWN,    DestroyCursor(raw))
HAFT__WRAPPER(menu,             HMENU,         NULL, NULL, OWN,    DestroyMenu(raw))
HAFT__WRAPPER(accelerators,     HACCEL,        NULL, NULL, OWN,    DestroyAcceleratorTable(raw))
HAFT__WRAPPER(hook,             HHOOK,         NULL, NULL, OWN,    UnhookWindowsHookEx(raw))
HAFT__WRAPPER(event_hook,       HWINEVENTHOOK, NULL, NULL, OWN,    UnhookWinEvent(raw))
HAFT__WRAPPER(keyboard_layout,  HKL,           NULL, NULL, OWN,    UnloadKeyboardLayout(raw))
HAFT__WRAPPER(input_context,    HIMC,          NULL, NULL, OWN,    ImmDestroyContext(raw))
HAFT__WRAPPER(device_notify,    HDEVNOTIFY,    NULL, NULL, OWN,    UnregisterDeviceNotification(raw))
HAFT__WRAPPER(dde_instance,     DWORD,         0,    0,    OWN,    DdeUninitialize(raw))
HAFT__WRAPPER(dde_conversation, HCONV,         NULL, NULL, OWN,    DdeDisconnect(raw))
HAFT__WRAPPER(dde_list,         HCONVLIST,     NULL, NULL, OWN,    DdeDisconnectList(raw))
HAFT__WRAPPER(dde_data,         HDDEDATA,      NULL, NULL, OWN,    DdeFreeDataHandle(raw))
#if HAFT__SDK >= 0x0600
HAFT__WRAPPER(power_notify, HPOWERNOTIFY, NULL, NULL, OWN, UnregisterPowerSettingNotification(raw))
#endif
#if HAFT__SDK >= 0x0601
HAFT__WRAPPER(touch_input,  HTOUCHINPUT,  NULL, NULL, OWN, CloseTouchInputHandle(raw))
HAFT__WRAPPER(gesture_info, HGESTUREINFO, NULL, NULL, OWN, CloseGestureInfoHandle(raw))
#endif
#if NTDDI_VERSION >= 0x0A000006
HAFT__WRAPPER(synthetic_pointer, HSYNTHETICPOINTERDEVICE, NULL, NULL, OWN, (DestroySyntheticPointerDevice(raw), true))
#endif

HAFT_END_C
#endif

#endif
