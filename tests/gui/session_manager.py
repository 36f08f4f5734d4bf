"""A session manager on the test's own session bus (org.gnome.SessionManager): keeps who holds the session, and why."""
from gi.repository import Gio, GLib

_INTERFACE = '''<node><interface name="org.gnome.SessionManager">
  <method name="Inhibit"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="u" direction="in"/><arg type="u" direction="out"/></method>
  <method name="RegisterClient"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
  <method name="Uninhibit"><arg type="u" direction="in"/></method>
</interface></node>'''
LOGOUT, SUSPEND = 1, 4


class SessionManager:
    def __init__(self):
        self.asked = []  # (application, reason, flags) of each who ever held it; the cookie is the number up to there
        self.held = set()  # cookies
        self._bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        interface = Gio.DBusNodeInfo.new_for_xml(_INTERFACE).interfaces[0]
        self._bus.register_object('/org/gnome/SessionManager', interface, self._on_called, None, None)
        Gio.bus_own_name_on_connection(self._bus, 'org.gnome.SessionManager', Gio.BusNameOwnerFlags.NONE, None, None)

    def _on_called(self, bus, sender, path, interface, method, arguments, invocation):
        if method == 'Inhibit':
            self.asked.append((arguments[0], arguments[2], arguments[3]))
            self.held.add(len(self.asked))
            invocation.return_value(GLib.Variant('(u)', (len(self.asked),)))
        elif method == 'RegisterClient':
            # The accessibility bus's launcher does. Refused, it warns, which is fatal here, and leaves a bus behind that holds our output.
            invocation.return_value(GLib.Variant('(o)', ('/org/gnome/SessionManager/Client1',)))
        else:
            self.held.remove(arguments[0])
            invocation.return_value(None)
