#pragma once

#include <memory>
#include <string_view>

#include "encoding/bytes.h"

namespace everseal::elbv2::logs {

// A gzip file (RFC 1952) in the making: text comes piece by piece, and only what is compressed is
// kept.
class Gzip {
 public:
  Gzip();
  Gzip(Gzip&&) noexcept;
  Gzip& operator=(Gzip&&) noexcept;
  ~Gzip();

  void append(std::string_view text);
  // What is held so far, without some last pieces that wait to be compressed.
  std::size_t size() const { return octets_.size(); }
  // The whole file; nothing can be appended any more.
  Bytes finish();

 private:
  struct Stream;
  void compress(std::string_view text, int flush);

  std::unique_ptr<Stream> stream_;
  Bytes octets_;
};

}  // namespace everseal::elbv2::logs
