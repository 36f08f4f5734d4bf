"""A window from which the file PATH can be dragged, as from a file manager: drag_source.py PATH."""
import pathlib
import sys

import gi
gi.require_version('Gdk', '3.0')
gi.require_version('Gtk', '3.0')
from gi.repository import Gdk, Gtk  # noqa: E402


def give(_widget, _context, data, _info, _time):
    data.set_uris([pathlib.Path(sys.argv[1]).as_uri()])


button = Gtk.Button(label='drag')
button.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
button.drag_source_add_uri_targets()
button.connect('drag-data-get', give)
button.connect('drag-end', lambda *_: Gtk.main_quit())
window = Gtk.Window(title='drag-source')
window.add(button)
window.set_default_size(100, 60)
window.set_keep_above(True)
window.connect('map-event', lambda *_: print('mapped', flush=True))
window.show_all()
Gtk.main()
