/* haft/win32/devices.h: device set-up, Bluetooth, WinUSB and HID. Link setupapi, bthprops, winusb, hid.
 *
 *     HDEVINFO d = SetupDiGetClassDevs(&guid, NULL, NULL, DIGCF_PRESENT);
 *     if (!d) return -1;                           never: it fails with INVALID_HANDLE_VALUE
 *     if (!SetupDiEnumDeviceInfo(d, 0, &info)) return -1;     leaks the list
 *
 *     HAFT_AUTO(haft_device_info, d);
 *     *haft_device_info_out(&d) = SetupDiGetClassDevs(...);
 *     if (!haft_device_info_valid(&d)) return -1;
 *
 * The radio itself of BluetoothFindFirstRadio is closed by CloseHandle: haft_handle. A set-up key (SetupDiOpenDevRegKey) is a
 * haft_key, though it fails with INVALID_HANDLE_VALUE: ask before you adopt. */
#ifndef HAFT_WIN32_DEVICES_H
#define HAFT_WIN32_DEVICES_H

#include <haft/win32/sdk.h>

#if defined(HAFT_WINDOWS)
#include <setupapi.h>
#include <bthsdpdef.h>
#include <bluetoothapis.h>
#include <winusb.h>
#if !defined(HAFT__WINE_SDK)
#include <hidsdi.h>
#endif

HAFT_BEGIN_C

/*            name                  raw type                 none           or             space  closed */
HAFT__WRAPPER(device_info,          HDEVINFO,                HAFT__INVALID, NULL,          OWN,   SetupDiDestroyDeviceInfoList(raw))
HAFT__WRAPPER(inf,                  HINF,                    HAFT__INVALID, NULL,          OWN,   (SetupCloseInfFile(raw), true))
HAFT__WRAPPER(setup_queue,          HSPFILEQ,                HAFT__INVALID, NULL,          OWN,   SetupCloseFileQueue(raw))
HAFT__WRAPPER(setup_space,          HDSKSPC,                 NULL,          HAFT__INVALID, OWN,   SetupDestroyDiskSpaceList(raw))
HAFT__WRAPPER(bluetooth_radio_find, HBLUETOOTH_RADIO_FIND,   NULL,          NULL,          OWN,   BluetoothFindRadioClose(raw))
HAFT__WRAPPER(bluetooth_find,       HBLUETOOTH_DEVICE_FIND,  NULL,          NULL,          OWN,   BluetoothFindDeviceClose(raw))
HAFT__WRAPPER(winusb,               WINUSB_INTERFACE_HANDLE, NULL,          HAFT__INVALID, OWN,   WinUsb_Free(raw))
#if !defined(HAFT__WINE_SDK)
HAFT__WRAPPER(hid_data, PHIDP_PREPARSED_DATA, NULL, NULL, POINTER, HidD_FreePreparsedData(raw))
#endif

HAFT_END_C
#endif

#endif
