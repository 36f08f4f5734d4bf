"""A notification service on the test's own session bus (Desktop Notifications Specification): keeps what it is sent."""
from gi.repository import Gio, GLib

_INTERFACE = '''<node><interface name="org.freedesktop.Notifications">
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
</interface></node>'''


class Notifications:
    def __init__(self):
        self.received = []  # (title, body)
        self._bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        interface = Gio.DBusNodeInfo.new_for_xml(_INTERFACE).interfaces[0]
        self._bus.register_object('/org/freedesktop/Notifications', interface, self._on_called, None, None)
        Gio.bus_own_name_on_connection(self._bus, 'org.freedesktop.Notifications', Gio.BusNameOwnerFlags.NONE, None, None)

    def _on_called(self, bus, sender, path, interface, method, arguments, invocation):
        if method == 'Notify':
            self.received.append((arguments[3], arguments[4]))
            invocation.return_value(GLib.Variant('(u)', (len(self.received),)))
        elif method == 'GetCapabilities':
            invocation.return_value(GLib.Variant('(as)', (['body'],)))
        else:
            invocation.return_value(None)
