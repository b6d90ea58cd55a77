#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "aws/api_error.h"
#include "aws/sigv4/verifier.h"
#include "crypto/digest.h"
#include "encoding/bytes.h"
#include "http/message.h"
#include "result/result.h"

namespace everseal::aws::sigv4 {

// Takes a body out of S3's own framing (aws-chunked), in which each chunk may be signed and headers
// may follow the last one:
//
//   5;chunk-signature=4a1f...\r\nhello\r\n0;chunk-signature=75c2...\r\n\r\n
//   5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n
//
// Octets are handed on before their chunk is proven: nothing of them may count before `finish`.
class ChunkedBody {
 public:
  // MissingContentLength: the head does not say how long the body is without its framing.
  // InvalidArgument: it says it in letters.
  static Result<ChunkedBody, ApiError> begin(const http::RequestHead& head, ChunkedPayload payload);

  using Use = std::function<Result<void, ApiError>(ByteView)>;
  // IncompleteBody: the framing is broken, or there is more than was said. SignatureDoesNotMatch: a
  // chunk is not the one that was signed.
  Result<void, ApiError> write(ByteView piece, const Use& use);
  // The headers that followed. IncompleteBody: the last chunk is missing, or there is less than was
  // said. MalformedTrailerError: an announced header did not come. SignatureDoesNotMatch.
  Result<http::Headers, ApiError> finish();

 private:
  enum class Expected { Size, Octets, LineEnd, Trailers };

  ChunkedBody(ChunkedPayload payload, std::uint64_t length, std::vector<std::string> announced);
  std::size_t take_line(ByteView piece);
  Result<void, ApiError> line_is_complete();
  Result<void, ApiError> begin_chunk(std::string_view line);
  Result<void, ApiError> end_chunk();
  Result<void, ApiError> add_trailer(std::string_view line);
  Result<void, ApiError> check_trailers();
  bool extends_chain(std::string_view to_sign, std::string_view signature);

  ChunkedPayload payload_;
  std::uint64_t length_left_;
  std::vector<std::string> announced_;
  Expected expected_ = Expected::Size;
  std::string line_;
  std::uint64_t chunk_left_ = 0;
  std::string chunk_signature_;
  std::string previous_signature_;
  crypto::Sha256 chunk_hash_;
  http::Headers trailers_;
  std::size_t trailer_octets_ = 0;
};

}  // namespace everseal::aws::sigv4
