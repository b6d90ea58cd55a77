#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::asn1 {

inline constexpr std::string_view kCertificateLabel = "CERTIFICATE";
inline constexpr std::string_view kCsrLabel = "CERTIFICATE REQUEST";
inline constexpr std::string_view kCrlLabel = "X509 CRL";
inline constexpr std::string_view kEncryptedPrivateKeyLabel = "ENCRYPTED PRIVATE KEY";

// One block of RFC 7468: "-----BEGIN <label>-----", base64, "-----END <label>-----".
//
// As OpenSSL does, parsing passes over text around blocks, takes any line width and line ending,
// and blanks at either end of base64 lines and behind boundaries. Strict about the rest. Malformed:
// a block without its end, another label at the end than at the beginning, a label with anything
// but printable ASCII, header lines such as "Proc-Type:", and whatever strict base64 refuses.
// The cost is linear in the text; whoever takes it from outside bounds its size. Nothing is wiped:
// not for unencrypted private keys.
class Pem {
 public:
  Pem(std::string label, Bytes content) : label_(std::move(label)), content_(std::move(content)) {}

  // All blocks, in order; there may be none.
  static Result<std::vector<Pem>> parse_all(std::string_view text);
  // The only block, whose label must be one of these. Malformed also: no block, a second one.
  static Result<Pem> parse_one(std::string_view text, std::span<const std::string_view> labels);
  static Result<Pem> parse_one(std::string_view text, std::string_view label) {
    return parse_one(text, std::span(&label, 1));
  }

  const std::string& label() const { return label_; }
  ByteView content() const { return content_; }
  Bytes take() && { return std::move(content_); }

  // 64 columns, a newline at the end of every line, the last one too.
  std::string text() const { return print(label_, content_); }
  // See asn1/pem_encoder.h for content that comes piece by piece.
  static std::string print(std::string_view label, ByteView content);

  friend bool operator==(const Pem&, const Pem&) = default;

 private:
  std::string label_;
  Bytes content_;
};

}  // namespace everseal::asn1
