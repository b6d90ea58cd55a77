#pragma once

#include <string>

#include "tls/context.h"

// For tests only.
namespace everseal::tls::testing {

// A new P-256 key and its self-signed certificate for localhost, 127.0.0.1 and ::1, good for a day
// around now.
ServerIdentity make_identity(const std::string& common_name);

// The first certificate as a file that clients can trust.
std::string pem_of(const ServerIdentity& identity);

}  // namespace everseal::tls::testing
