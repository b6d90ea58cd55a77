#pragma once

#include <optional>
#include <string>
#include <string_view>

// Files that should be PEM and may be something else: what to tell who brought them.
namespace everseal::elbv2::trust_stores {

// What is wrong with the lines of a bundle of CA certificates: blocks CERTIFICATE, and between them
// comments, which begin with # and have no hyphen; no blank lines. Nothing: they are fine. What
// stands within the blocks is not looked at.
std::optional<std::string> why_no_bundle(std::string_view file);

// Why a file has no block at all, and how to make one: it is DER, lacks the armour, is something
// else, or empty. `what`: "X509 CRL"; `command`: "crl", of openssl.
std::string why_no_block(std::string_view file, std::string_view what, std::string_view command);

}  // namespace everseal::elbv2::trust_stores
