#include "services/s3/reading.h"

#include <algorithm>
#include <array>
#include <utility>

#include "services/s3/object_headers.h"
#include "services/s3/values/conditions.h"
#include "services/s3/values/errors.h"
#include "services/s3/values/header_values.h"
#include "services/s3/values/range.h"

namespace everseal::s3 {
namespace {

constexpr std::int64_t partial_content = 206;
constexpr std::int64_t not_modified = 304;

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> overrides{
    {{"response-cache-control", "cache-control"},
     {"response-content-disposition", "content-disposition"},
     {"response-content-encoding", "content-encoding"},
     {"response-content-language", "content-language"},
     {"response-content-type", "content-type"},
     {"response-expires", "expires"}}};

Conditions conditions_in(const HeaderMap& headers) {
  return {.if_match = value_in(headers, "if-match"),
          .if_none_match = value_in(headers, "if-none-match"),
          .if_modified_since = value_in(headers, "if-modified-since"),
          .if_unmodified_since = value_in(headers, "if-unmodified-since")};
}

void override_headers(HeaderMap& headers, const HeaderMap& parameters) {
  for (const auto& [parameter, name] : overrides) {
    const auto wanted = value_in(parameters, std::string(parameter));
    if (wanted) headers[std::string(name)] = *wanted;
  }
}

// The octets of a part. Whatever was not uploaded in parts has one.
Result<Range, ApiError> range_of_part(const Seen& seen, std::int64_t number) {
  std::uint64_t offset = 0;
  for (std::size_t i = 0; i < seen.files.size(); ++i) {
    if (static_cast<std::int64_t>(i) + 1 == number) return Range{offset, seen.files[i].size};
    offset += seen.files[i].size;
  }
  ApiError error = invalid_part();
  error.http_status = 416;
  error.code = "InvalidPartNumber";
  error.message = "The requested partnumber is not satisfiable";
  return error;
}

Result<std::optional<Range>, ApiError> wanted_range(const Seen& seen, const ReadWishes& wishes) {
  const auto range = value_in(wishes.headers, "range");
  if (wishes.part_number && range) {
    return invalid_request("Cannot specify both Range header and partNumber query parameter");
  }
  if (wishes.part_number) {
    const auto part = range_of_part(seen, *wishes.part_number);
    if (!part) return part.error();
    return std::optional(*part);
  }
  if (!range) return std::optional<Range>();
  return read_range(*range, seen.object.size);
}

ReadPlan whole(const Seen& seen, const ReadWishes& wishes) {
  ReadPlan plan{.headers = read_headers(seen.object, seen.bucket.versioning),
                .length = seen.object.size};
  const auto mode = value_in(wishes.headers, "x-amz-checksum-mode");
  const bool asked = mode && (*mode == "ENABLED" || *mode == "enabled");
  if (asked) add_checksum(plan.headers, seen.object);
  return plan;
}

}  // namespace

Result<ReadPlan, ApiError> plan_read(const Seen& seen, const ReadWishes& wishes) {
  const auto& object = seen.object;
  const auto answer = may_read(conditions_in(wishes.headers), object.etag, object.modified_at);
  if (!answer) return answer.error();
  if (*answer == ReadAnswer::NotModified) {
    auto headers = read_headers(object, seen.bucket.versioning);
    std::erase_if(headers, [](const auto& entry) {
      return entry.first != "ETag" && entry.first != "Last-Modified" &&
             entry.first != "cache-control" && entry.first != "x-amz-version-id";
    });
    return ReadPlan{.status = not_modified, .headers = std::move(headers)};
  }
  const auto range = wanted_range(seen, wishes);
  if (!range) return range.error();
  auto plan = whole(seen, wishes);
  override_headers(plan.headers, wishes.parameters);
  if (object.part_count > 0 && wishes.part_number) {
    plan.headers["x-amz-mp-parts-count"] = std::to_string(object.part_count);
  }
  if (!*range || (*range)->length == 0) return plan;
  if ((*range)->length < object.size) {  // a checksum is of the whole
    std::erase_if(plan.headers,
                  [](const auto& entry) { return entry.first.starts_with("x-amz-checksum-"); });
  }
  plan.status = partial_content;
  plan.headers["Content-Range"] = (*range)->content_range(object.size);
  plan.offset = (*range)->offset;
  plan.length = (*range)->length;
  return plan;
}

std::vector<Segment> segments_of(const std::vector<FileRow>& files) {
  std::vector<Segment> segments;
  segments.reserve(files.size());
  for (const auto& file : files) segments.push_back({file.id, file.size});
  return segments;
}

}  // namespace everseal::s3
