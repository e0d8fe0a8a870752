"""A notification daemon for tests: shows nothing, keeps what it was told, and presses what it is told to press.

Run as a program on a bus: each line of standard input presses a button ("ID ACTION"), ends the daemon with "quit", or
changes nothing; each call that it takes is a line of JSON on standard output.
"""

import json
import sys
import threading

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME = "org.freedesktop.Notifications"
PLACE = DBusAddress("/org/freedesktop/Notifications", bus_name=NAME, interface=NAME)


def press(line: DBusConnection) -> None:
    """What a person does, as the lines of standard input say."""
    for said in sys.stdin:
        number, _, action = said.strip().partition(" ")
        if number == "quit":
            break
        if action == "dismiss":
            line.send(new_signal(PLACE, "NotificationClosed", "uu", (int(number), 2)))
        else:
            line.send(new_signal(PLACE, "ActionInvoked", "us", (int(number), action)))


def main(bus: str, abilities: list[str]) -> None:
    """Serves until the bus goes."""
    line = open_dbus_connection(bus)
    line.send_and_get_reply(message_bus.RequestName(NAME))
    print(json.dumps({"ready": True}), flush=True)
    threading.Thread(target=press, args=(line,), daemon=True).start()
    numbers = 0
    while True:
        call = line.receive()
        fields = call.header.fields
        member = fields.get(HeaderFields.member)
        if call.header.message_type is not MessageType.method_call:
            continue
        if member == "GetCapabilities":
            line.send(new_method_return(call, "as", (abilities,)))
            continue
        if member == "Notify" and "broken" in abilities:
            line.send(new_error(call, "org.example.Broken", "s", ("no",)))
            continue
        print(json.dumps([member, fields.get(HeaderFields.signature), call.body]), flush=True)
        if member == "Notify":
            numbers = numbers if call.body[1] else numbers + 1
            line.send(new_method_return(call, "u", (call.body[1] or numbers,)))
        else:
            line.send(new_method_return(call))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
