/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-cards"

/* A driver as pcscd loads it for a USB reader, which is vpcd's virtual reader: that one takes its port from a
 * device name of its own, and pcscd has the names of the bus. The port is the USB product. It stands before a
 * copy of vpcd's driver in its own folder, for that keeps its sockets in static memory and has one reader. */

#include <dlfcn.h>
#include <glib.h>
#include <ifdhandler.h>

#define DRIVER "libifdvpcd.so"

static gpointer
find (const char *name)
{
    static gpointer driver;
    Dl_info own;

    if (driver == NULL && dladdr ((gconstpointer) find, &own) != 0) {
        g_autofree char *folder = g_path_get_dirname (own.dli_fname);
        g_autofree char *path = g_build_filename (folder, DRIVER, NULL);

        driver = dlopen (path, RTLD_NOW | RTLD_LOCAL);
    }
    return driver == NULL ? NULL : dlsym (driver, name);
}

#define PASS_ON(name, parameters, ...)                                                                       \
    __attribute__ ((visibility ("default"))) RESPONSECODE name parameters                                    \
    {                                                                                                        \
        RESPONSECODE (*function) parameters = find (#name);                                                  \
                                                                                                             \
        return function == NULL ? IFD_COMMUNICATION_ERROR : function (__VA_ARGS__);                          \
    }

PASS_ON (IFDHCreateChannel, (DWORD lun, DWORD channel), lun, channel)
PASS_ON (IFDHCloseChannel, (DWORD lun), lun)
PASS_ON (IFDHGetCapabilities, (DWORD lun, DWORD tag, PDWORD size, PUCHAR value), lun, tag, size, value)
PASS_ON (IFDHSetCapabilities, (DWORD lun, DWORD tag, DWORD size, PUCHAR value), lun, tag, size, value)
PASS_ON (IFDHSetProtocolParameters,
         (DWORD lun, DWORD protocol, UCHAR flags, UCHAR pts1, UCHAR pts2, UCHAR pts3), lun, protocol, flags,
         pts1, pts2, pts3)
PASS_ON (IFDHPowerICC, (DWORD lun, DWORD action, PUCHAR atr, PDWORD size), lun, action, atr, size)
PASS_ON (IFDHTransmitToICC,
         (DWORD lun, SCARD_IO_HEADER send, PUCHAR command, DWORD command_size, PUCHAR answer,
          PDWORD answer_size, PSCARD_IO_HEADER receive),
         lun, send, command, command_size, answer, answer_size, receive)
PASS_ON (IFDHControl,
         (DWORD lun, DWORD code, PUCHAR input, DWORD input_size, PUCHAR output, DWORD output_size,
          LPDWORD returned),
         lun, code, input, input_size, output, output_size, returned)
PASS_ON (IFDHICCPresence, (DWORD lun), lun)

/* usb:VENDOR/PRODUCT:… */
__attribute__ ((visibility ("default"))) RESPONSECODE
IFDHCreateChannelByName (DWORD lun, LPSTR name)
{
    const char *product = strchr (name, '/');

    if (product == NULL)
        return IFD_NO_SUCH_DEVICE;
    return IFDHCreateChannel (lun, (DWORD) g_ascii_strtoull (product + 1, NULL, 16));
}
