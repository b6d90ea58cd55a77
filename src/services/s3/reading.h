#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "aws/api_error.h"
#include "result/result.h"
#include "services/s3/object_files.h"
#include "services/s3/values/checksum.h"
#include "services/s3/visibility.h"

namespace everseal::s3 {

// What a read asks for besides the object.
struct ReadWishes {
  HeaderMap headers;     // all of the request: conditions, Range, x-amz-checksum-mode
  HeaderMap parameters;  // response-content-type and its kin
  std::optional<std::int64_t> part_number;
};

// What is sent of an object, decided before any of it is read.
struct ReadPlan {
  std::int64_t status = 200;
  HeaderMap headers{};
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// PreconditionFailed, InvalidRange, InvalidPart; 304 is a plan without octets.
Result<ReadPlan, ApiError> plan_read(const Seen& seen, const ReadWishes& wishes);

std::vector<Segment> segments_of(const std::vector<FileRow>& files);

}  // namespace everseal::s3
