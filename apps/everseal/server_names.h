#pragma once

#include <string>
#include <string_view>

#include "http/listen.h"
#include "result/result.h"
#include "services/acm/server_certificate.h"

// What clients may call this server by, as its certificate says.
namespace everseal::app {

using ServerNames = acm::ServerCertificate::Names;

// localhost and its addresses.
ServerNames local_names();

// This machine's own name; empty if it has none.
std::string host_name();

// Adds a DNS name or an address, once. Malformed, with a sentence: no certificate can have it, as a
// name whose last part is a number, or with a part of more than 63 characters.
Outcome add_name(ServerNames& names, std::string_view name);

// What it has to be called because it listens there: an address beyond loopback; else nothing.
std::string name_of(const http::Listen& listen);

// The host of a URL by which a client on this machine reaches that listener, and which the
// certificate has: "192.0.2.1", "[2001:db8::1]"; "localhost" for all addresses.
std::string url_host(const http::Listen& listen);

}  // namespace everseal::app
