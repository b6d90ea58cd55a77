#include "services/elbv2/trust_stores/armour.h"

#include <algorithm>
#include <cstdint>

#include "asn1/pem.h"
#include "encoding/ascii.h"

namespace everseal::elbv2::trust_stores {
namespace {

constexpr std::string_view begin_mark = "-----BEGIN ";
constexpr std::string_view end_mark = "-----END ";
constexpr std::string_view dashes = "-----";
constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t longest_shown = 40;

// A SEQUENCE of more than 127 octets: what every certificate and CRL begins with.
bool looks_like_der(std::string_view file) {
  return file.size() > 2 && file[0] == '\x30' &&
         (file[1] == '\x81' || file[1] == '\x82' || file[1] == '\x83' || file[1] == '\x84');
}

// Base64 of such a SEQUENCE, and nothing else.
bool looks_like_base64(std::string_view file) {
  const auto fits = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           blanks.find(c) != std::string_view::npos || c == '+' || c == '/' || c == '=';
  };
  return encoding::trimmed(file, blanks).starts_with("MI") && std::ranges::all_of(file, fits);
}

// "-----BEGIN CERTIFICATE-----" says CERTIFICATE.
std::string_view label_of(std::string_view line) {
  line.remove_prefix(begin_mark.size());
  return line.substr(0, std::min(line.find(dashes), longest_shown));
}

std::string at_line(std::size_t number, std::string what) {
  return "Line " + std::to_string(number) + " of the CA certificates bundle " + what;
}

// One line after the other.
class BundleLines {
 public:
  // What is wrong with this one.
  std::optional<std::string> take(std::string_view line) {
    ++number_;
    if (line.empty()) return at_line(number_, "is blank, and blank lines are not allowed");
    if (inside_) {
      if (line.starts_with(end_mark)) inside_ = false;
      return std::nullopt;
    }
    if (line.starts_with('#')) return take_comment(line);
    if (line.starts_with(begin_mark)) return take_beginning(line);
    return at_line(number_,
                   "stands outside of the certificates: only comments may, which begin with #. "
                   "Text that openssl prints is left out by: openssl x509 -in ca.pem -out "
                   "ca-without-text.pem");
  }

 private:
  std::optional<std::string> take_comment(std::string_view line) const {
    if (line.find('-') == std::string_view::npos) return std::nullopt;
    return at_line(number_, "is a comment with a hyphen, which is not allowed");
  }
  std::optional<std::string> take_beginning(std::string_view line) {
    inside_ = true;
    const auto label = label_of(line);
    if (label == asn1::kCertificateLabel) return std::nullopt;
    return at_line(
        number_, "begins a block '" + std::string(label) + "', and only certificates may be there");
  }

  std::size_t number_ = 0;
  bool inside_ = false;
};

}  // namespace

std::optional<std::string> why_no_bundle(std::string_view file) {
  if (file.find(begin_mark) == std::string_view::npos) {
    return why_no_block(file, asn1::kCertificateLabel, "x509");
  }
  file = file.substr(0, file.find_last_not_of(blanks) + 1);
  BundleLines lines;
  while (!file.empty()) {
    const auto end = std::min(file.find('\n'), file.size());
    if (auto wrong = lines.take(encoding::trimmed(file.substr(0, end), " \t\r"))) return wrong;
    file.remove_prefix(std::min(end + 1, file.size()));
  }
  return std::nullopt;
}

std::string why_no_block(std::string_view file, std::string_view what, std::string_view command) {
  const std::string openssl = "openssl " + std::string(command);
  const std::string from_der = openssl + " -inform DER -in file.der -outform PEM -out file.pem";
  if (encoding::trimmed(file, blanks).empty()) return "The file is empty";
  if (looks_like_der(file)) {
    return "The file is in DER encoding, and must be PEM. Convert it with: " + from_der;
  }
  const std::string armour = "-----BEGIN " + std::string(what) + "-----";
  if (looks_like_base64(file)) {
    return "The file is base64 without the line '" + armour +
           "' that PEM begins with. Convert it with: base64 -d file > file.der "
           "&& " +
           from_der;
  }
  return "The file is not PEM: it has no line '" + armour + "'";
}

}  // namespace everseal::elbv2::trust_stores
