#include "aws/sigv4/chunked_body.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "encoding/ascii.h"
#include "encoding/hex.h"

namespace everseal::aws::sigv4 {
namespace {

constexpr std::size_t longest_line = 1024;
constexpr std::size_t most_trailer_octets = 8 * 1024;
constexpr std::string_view signature_mark = "chunk-signature=";
constexpr std::string_view trailer_signature = "x-amz-trailer-signature";

ApiError incomplete() {
  return {"IncompleteBody", 400,
          "The request body terminated unexpectedly, or its chunks are not framed as announced"};
}

ApiError not_as_signed() {
  return {"SignatureDoesNotMatch", 403,
          "The chunk signature we calculated does not match the signature you provided. Check your "
          "key and signing method."};
}

ApiError malformed_trailer(const std::string& name) {
  return {"MalformedTrailerError", 400,
          "The request contained trailing data that was not well-formed or did not conform to our "
          "published schema: " +
              name.substr(0, 64)};
}

template <class Number>
bool read_number(std::string_view text, int base, Number& number) {
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, base);
  return !text.empty() && error == std::errc() && stop == end;
}

std::vector<std::string> announced_trailers(const http::RequestHead& head) {
  std::vector<std::string> names;
  auto list = head.headers.find("x-amz-trailer").value_or("");
  while (!list.empty()) {
    const auto name = list.substr(0, list.find(','));
    list.remove_prefix(std::min(name.size() + 1, list.size()));
    names.emplace_back(encoding::trimmed(name));
  }
  return names;
}

}  // namespace

ChunkedBody::ChunkedBody(ChunkedPayload payload, std::uint64_t length,
                         std::vector<std::string> announced)
    : payload_(std::move(payload)),
      length_left_(length),
      announced_(std::move(announced)),
      previous_signature_(payload_.seed_signature) {}

Result<ChunkedBody, ApiError> ChunkedBody::begin(const http::RequestHead& head,
                                                 ChunkedPayload payload) {
  const auto said = head.headers.find("x-amz-decoded-content-length");
  if (!said) {
    return ApiError("MissingContentLength", 411,
                    "You must provide the X-Amz-Decoded-Content-Length HTTP header.");
  }
  std::uint64_t length = 0;
  if (!read_number(encoding::trimmed(*said), 10, length)) {
    return ApiError("InvalidArgument", 400, "X-Amz-Decoded-Content-Length is not a number.");
  }
  return ChunkedBody(std::move(payload), length, announced_trailers(head));
}

// How much of the piece belongs to the line at hand, its end included.
std::size_t ChunkedBody::take_line(ByteView piece) {
  const auto text = as_text(piece);
  const auto end = text.find('\n');
  const auto taken = end == text.npos ? text.size() : end + 1;
  line_.append(text.substr(0, taken));
  return taken;
}

Result<void, ApiError> ChunkedBody::write(ByteView piece, const Use& use) {
  while (!piece.empty()) {
    if (expected_ != Expected::Octets) {
      piece = piece.subspan(take_line(piece));
      if (line_.size() > longest_line) return incomplete();
      if (!line_.ends_with('\n')) return {};
      if (auto fine = line_is_complete(); !fine) return fine;
      continue;
    }
    const auto octets =
        piece.first(static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), chunk_left_)));
    piece = piece.subspan(octets.size());
    chunk_left_ -= octets.size();
    if (payload_.is_signed) chunk_hash_.update(octets);
    if (auto used = use(octets); !used) return used;
    if (chunk_left_ == 0) expected_ = Expected::LineEnd;
  }
  return {};
}

Result<void, ApiError> ChunkedBody::line_is_complete() {
  std::string line = std::exchange(line_, {});
  line.pop_back();
  const bool crlf = line.ends_with('\r');
  if (crlf) line.pop_back();
  if (expected_ == Expected::Trailers) return add_trailer(line);
  if (!crlf) return incomplete();
  if (expected_ == Expected::Size) return begin_chunk(line);
  if (!line.empty()) return incomplete();
  return end_chunk();
}

Result<void, ApiError> ChunkedBody::begin_chunk(std::string_view line) {
  const auto size = line.substr(0, line.find(';'));
  const auto extension = encoding::trimmed(line.substr(std::min(size.size() + 1, line.size())));
  if (!read_number(size, 16, chunk_left_) || chunk_left_ > length_left_) return incomplete();
  if (payload_.is_signed && !extension.starts_with(signature_mark)) return incomplete();
  if (payload_.is_signed) chunk_signature_ = extension.substr(signature_mark.size());
  length_left_ -= chunk_left_;
  if (chunk_left_ > 0) {
    expected_ = Expected::Octets;
    return {};
  }
  auto ended = end_chunk();
  expected_ = Expected::Trailers;
  return ended;
}

Result<void, ApiError> ChunkedBody::end_chunk() {
  expected_ = Expected::Size;
  if (!payload_.is_signed) return {};
  static const std::string hash_of_nothing = encoding::to_hex(crypto::sha256(ByteView{}));
  const auto to_sign = "AWS4-HMAC-SHA256-PAYLOAD\n" + payload_.signed_at + "\n" + payload_.scope +
                       "\n" + previous_signature_ + "\n" + hash_of_nothing + "\n" +
                       encoding::to_hex(chunk_hash_.finish());
  if (!extends_chain(to_sign, chunk_signature_)) return not_as_signed();
  return {};
}

bool ChunkedBody::extends_chain(std::string_view to_sign, std::string_view signature) {
  previous_signature_ =
      encoding::to_hex(crypto::hmac_sha256(payload_.signing_key->reveal(), to_sign));
  return equal_in_constant_time(as_bytes(previous_signature_), as_bytes(signature));
}

// Empty lines stand between and behind trailers.
Result<void, ApiError> ChunkedBody::add_trailer(std::string_view line) {
  if (line.empty()) return {};
  const auto colon = line.find(':');
  trailer_octets_ += line.size();
  const bool wanted = payload_.has_trailer && colon != line.npos && colon > 0;
  if (!wanted || trailer_octets_ > most_trailer_octets) return incomplete();
  trailers_.add(std::string(encoding::trimmed(line.substr(0, colon))),
                std::string(encoding::trimmed(line.substr(colon + 1))));
  return {};
}

Result<void, ApiError> ChunkedBody::check_trailers() {
  for (const auto& name : announced_) {
    if (!trailers_.contains(name)) return malformed_trailer(name);
  }
  if (!payload_.is_signed || !payload_.has_trailer) return {};
  const auto signature = std::string(trailers_.find(trailer_signature).value_or(""));
  trailers_.remove(trailer_signature);
  std::string text;
  for (const auto& [name, value] : trailers_) text += name + ":" + value + "\n";
  const auto to_sign = "AWS4-HMAC-SHA256-TRAILER\n" + payload_.signed_at + "\n" + payload_.scope +
                       "\n" + previous_signature_ + "\n" + encoding::to_hex(crypto::sha256(text));
  if (!extends_chain(to_sign, signature)) return not_as_signed();
  return {};
}

Result<http::Headers, ApiError> ChunkedBody::finish() {
  if (expected_ != Expected::Trailers || length_left_ > 0) return incomplete();
  if (!line_.empty()) {  // the last line has no end
    if (auto added = add_trailer(line_); !added) return added.error();
  }
  if (auto fine = check_trailers(); !fine) return fine.error();
  return std::move(trailers_);
}

}  // namespace everseal::aws::sigv4
