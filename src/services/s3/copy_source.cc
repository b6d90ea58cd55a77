#include "services/s3/copy_source.h"

#include <array>
#include <utility>

#include "encoding/percent.h"
#include "encoding/utf8.h"
#include "services/s3/reading.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/conditions.h"
#include "services/s3/values/errors.h"
#include "services/s3/values/header_values.h"
#include "services/s3/values/range.h"

namespace everseal::s3 {
namespace {

constexpr std::string_view version_mark = "?versionId=";
constexpr int most_attempts = 5;

ApiError unreadable(std::string_view header) {
  return invalid_argument("x-amz-copy-source", header,
                          "Copy Source must mention the source bucket and key: "
                          "sourcebucket/sourcekey");
}

Result<void, ApiError> check_conditions(const HeaderMap& headers, const Object& object) {
  const auto answer =
      may_read({.if_match = value_in(headers, "x-amz-copy-source-if-match"),
                .if_none_match = value_in(headers, "x-amz-copy-source-if-none-match"),
                .if_modified_since = value_in(headers, "x-amz-copy-source-if-modified-since"),
                .if_unmodified_since = value_in(headers, "x-amz-copy-source-if-unmodified-since")},
               object.etag, object.modified_at);
  if (!answer) return answer.error();
  if (*answer == ReadAnswer::NotModified)
    return precondition_failed("x-amz-copy-source-if-none-match");
  return {};
}

Result<void, ApiError> check_rights(const aws::endpoint::Authorizer& authorizer,
                                    const aws::Call& call, const CopySource& source) {
  const auto action = source.version_id ? "s3:GetObjectVersion" : "s3:GetObject";
  const auto denied =
      authorizer.authorize(call, action, aws::on(object_arn(source.bucket, source.key)));
  if (!denied) return denied.error();
  if (*denied) return ApiError("AccessDenied", 403, (*denied)->message);
  return {};
}

// All of it, unless the client names octets of it.
Result<Range, ApiError> wanted_octets(const HeaderMap& headers, const Object& object) {
  const auto text = value_in(headers, "x-amz-copy-source-range");
  if (!text) return Range{0, object.size};
  const auto range = read_range(*text, object.size);
  const bool is_within =
      range && *range &&
      (*range)->content_range(object.size) ==
          "bytes " + text->substr(text->find('=') + 1) + "/" + std::to_string(object.size);
  if (is_within) return **range;
  return invalid_argument("x-amz-copy-source-range", *text,
                          "The x-amz-copy-source-range value must be of the form bytes=first-last "
                          "where first and last are the zero-based offsets of the first and last "
                          "bytes to copy, and within the source");
}

}  // namespace

Result<CopySource, ApiError> read_copy_source(std::string_view header) {
  auto path = header;
  std::optional<std::string> version_id;
  if (const auto mark = path.rfind(version_mark); mark != path.npos) {
    version_id = path.substr(mark + version_mark.size());
    path = path.substr(0, mark);
  }
  auto decoded = encoding::percent_decode(path);
  if (!decoded || !encoding::utf8_length(*decoded)) return unreadable(header);
  if (decoded->starts_with('/')) decoded->erase(0, 1);
  const auto slash = decoded->find('/');
  if (slash == decoded->npos || slash == 0 || slash + 1 == decoded->size()) {
    return unreadable(header);
  }
  return CopySource{decoded->substr(0, slash), decoded->substr(slash + 1), std::move(version_id)};
}

Result<OpenSource, ApiError> open_copy_source(sql::Database& database, ObjectFiles& files,
                                              const aws::endpoint::Authorizer& authorizer,
                                              const aws::Call& call, const CopySource& source,
                                              const HeaderMap& headers) {
  if (auto may = check_rights(authorizer, call, source); !may) return may.error();
  for (int attempt = 1;; ++attempt) {
    auto seen = see(database, source.bucket, source.key, source.version_id);
    if (!seen) return as_told(seen.error(), authorizer, call, source.bucket);
    if (auto fine = check_conditions(headers, seen->object); !fine) return fine.error();
    const auto range = wanted_octets(headers, seen->object);
    if (!range) return range.error();
    auto octets = files.read(segments_of(seen->files), range->offset, range->length);
    if (octets) return OpenSource{*std::move(seen), *std::move(octets)};
    // It was replaced after its row was read.
    const bool is_gone = octets.error().kind == Fault::Kind::Conflict;
    if (!is_gone || attempt == most_attempts) return Fault::broken(octets.error().cause);
  }
}

Result<void, ApiError> pour(http::BodySource& from, IncomingBody& into) {
  std::array<std::uint8_t, 64 * 1024> space{};
  while (true) {
    const auto count = from.read(space);
    if (!count) return Fault::broken(count.error().cause);
    if (*count == 0) return {};
    if (auto written = into.write(ByteView(space).first(*count)); !written) return written;
  }
}

}  // namespace everseal::s3
