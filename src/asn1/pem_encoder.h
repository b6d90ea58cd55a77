#pragma once

#include <string>
#include <string_view>

#include "encoding/bytes.h"

namespace everseal::asn1 {

// Prints one block as Pem::print does, of content that comes piece by piece and is never held.
//
//   PemEncoder pem(kCrlLabel);
//   for (...) pem.add(piece, text);   // write `text` out and clear it whenever it is long enough
//   pem.finish(text);
class PemEncoder {
 public:
  explicit PemEncoder(std::string_view label) : label_(label) {}

  // Appends the lines that the content is enough for; keeps what is less than a line.
  void add(ByteView content, std::string& text);
  // Appends the rest. Nothing may follow.
  void finish(std::string& text);

 private:
  void begin(std::string& text);

  std::string label_;
  Bytes rest_;  // less than a line's worth
  bool has_begun_ = false;
};

}  // namespace everseal::asn1
