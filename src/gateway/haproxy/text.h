#pragma once

#include <string>
#include <string_view>

#include "result/result.h"

// How values stand in a configuration of HAProxy.
namespace everseal::gateway::haproxy {

// Of anything that a state names.
inline constexpr std::size_t longest_id = 512;

// A name that HAProxy takes and that tells two ids apart: "l_0123456789abcdef".
std::string name_of(char kind, std::string_view id);

// One word, whatever it holds: 'it'\''s'. Not for control characters.
std::string as_word(std::string_view word);
// Octets in a text that HAProxy fills in: % is written twice.
std::string literal(std::string_view text);

// A regular expression for the whole of a text that has * and ? in it.
std::string expression_of(std::string_view pattern);

// Malformed: empty, longer than that, or with an octet that is not printable ASCII.
Outcome check_printable(std::string_view what, std::string_view text, std::size_t most);
// Malformed: not the name of a header (RFC 9110, 5.1), or longer than 64 octets.
Outcome check_header_name(std::string_view name);

// "192.0.2.1:80", "[2001:db8::1]:80", "*:80". Malformed: not an address, or port 0.
Result<std::string> socket_address(std::string_view address, unsigned port);

// "192.0.2.0/24", "2001:db8::/32", or an address alone. Malformed: anything else.
Outcome check_range(std::string_view range);

}  // namespace everseal::gateway::haproxy
