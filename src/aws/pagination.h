#pragma once

#include <string>
#include <string_view>

#include "result/result.h"

// The tokens with which callers ask for the next page.
namespace everseal::aws {

// Whose listing it is. A token of one listing is refused by another.
struct Listing {
  std::string_view operation;  // "acm:ListCertificates"
  std::string_view account;
  std::string_view region;
  // What else chose the rows, such as the ARN of a CA or the filter, in any unambiguous form.
  std::string_view selection = {};
};

// An opaque text that says after which key the next page begins: URL-safe base64 of the key (at
// most 16 KiB) and a digest over listing and key. It needs no state, is good for ever and on every
// node. It keeps mistakes out, not people: who forges one sees another page of the same rows,
// since services look up only what belongs to the caller.
std::string page_token(const Listing& listing, std::string_view last_key);

// The key. Malformed: not a token of this listing; services answer InvalidNextTokenException,
// ValidationError or what their model says.
Result<std::string> page_key(const Listing& listing, std::string_view token);

}  // namespace everseal::aws
