#pragma once

#include <sys/socket.h>

#include <functional>

namespace everseal::http {

// Which addresses a client may connect to: asked after the look-up of a name, so that a name cannot
// lead where its address could not.
using AddressRule = std::function<bool(const sockaddr&)>;

// 127.0.0.0/8 and ::1. Here and below an IPv4 address within IPv6 (::ffff:0:0/96, 64:ff9b::/96)
// is that IPv4 address.
bool is_loopback(const sockaddr& address);

// An address that is a service of this very machine's link or of nobody, and no server of a
// network: 0.0.0.0/8, 169.254.0.0/16 and fe80::/10, where clouds keep credentials for whoever asks,
// their other homes 100.100.100.200 and fd00:ec2::254, multicast and broadcast, what is neither
// IPv4 nor IPv6.
bool is_no_server(const sockaddr& address);

}  // namespace everseal::http
