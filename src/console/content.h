#pragma once

#include <memory>
#include <string_view>

#include "http/message.h"

// What lies in the program, piece by piece: nobody holds a whole file for a client that is slow.
namespace everseal::console {

// As it lies there.
std::unique_ptr<http::BodySource> as_it_is(std::string_view octets);

// What was compressed. Broken: it is not gzip, or not all of it.
std::unique_ptr<http::BodySource> unpacked(std::string_view gzip);

}  // namespace everseal::console
