#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "aws/api_error.h"
#include "crypto/running_digest.h"
#include "encoding/bytes.h"
#include "http/message.h"
#include "result/result.h"
#include "services/s3/object_files.h"
#include "services/s3/values/checksum.h"

namespace everseal::s3 {

inline constexpr std::uint64_t most_octets = std::uint64_t{5} << 30U;  // of one upload

// What arrived, durable in a file that no row names yet.
struct Received {
  std::unique_ptr<NewFile> file;
  Bytes md5;
  Checksum checksum;
};

// The upload that a part belongs to, and what is kept of its parts.
struct OfUpload {
  ChecksumAlgorithm algorithm = ChecksumAlgorithm::Crc64Nvme;
  bool is_named = false;  // the client chose it: no other is taken
};

// The body of an upload on its way into a file: hashed as it passes, in constant memory.
class IncomingBody {
 public:
  // `headers` are all of the request. As announced_checksum; EntityTooLarge;
  // InvalidRequest: not the algorithm of the upload.
  static Result<std::unique_ptr<IncomingBody>, ApiError> begin(
      ObjectFiles& files, const HeaderMap& headers,
      std::optional<OfUpload> of_upload = std::nullopt);

  // EntityTooLarge.
  Result<void, ApiError> write(ByteView piece);
  Result<void, ApiError> take_trailers(const http::Headers& trailers);
  // BadDigest: it is not what was announced.
  Result<Received, ApiError> finish();

 private:
  IncomingBody(std::unique_ptr<NewFile> file, Announced announced, ChecksumAlgorithm kept);

  std::unique_ptr<NewFile> file_;
  Announced announced_;
  crypto::RunningDigest md5_{crypto::RunningDigest::Algorithm::Md5};
  RunningChecksum checksum_;              // of the algorithm that is kept
  std::optional<RunningChecksum> other_;  // of the one announced, if that is another
};

}  // namespace everseal::s3
