#include "asn1/pem_encoder.h"

#include <algorithm>

#include "encoding/base64.h"

namespace everseal::asn1 {
namespace {

constexpr std::size_t kColumns = 64;
constexpr std::size_t kLineOctets = kColumns / 4 * 3;

// Whole lines, but for the last one if the content ends within it.
void append_lines(ByteView content, std::string& text) {
  const std::string base64 = encoding::to_base64(content);
  for (std::size_t at = 0; at < base64.size(); at += kColumns) {
    text.append(base64, at, kColumns) += '\n';
  }
}

}  // namespace

void PemEncoder::begin(std::string& text) {
  if (!has_begun_) text.append("-----BEGIN ").append(label_).append("-----\n");
  has_begun_ = true;
}

void PemEncoder::add(ByteView content, std::string& text) {
  begin(text);
  if (!rest_.empty()) {
    const ByteView more = content.first(std::min(kLineOctets - rest_.size(), content.size()));
    rest_.insert(rest_.end(), more.begin(), more.end());
    content = content.subspan(more.size());
    if (rest_.size() < kLineOctets) return;
    append_lines(rest_, text);
    rest_.clear();
  }
  const std::size_t whole = content.size() - content.size() % kLineOctets;
  append_lines(content.first(whole), text);
  const ByteView left = content.subspan(whole);
  rest_.assign(left.begin(), left.end());
}

void PemEncoder::finish(std::string& text) {
  begin(text);
  append_lines(rest_, text);
  rest_.clear();
  text.append("-----END ").append(label_).append("-----\n");
}

}  // namespace everseal::asn1
