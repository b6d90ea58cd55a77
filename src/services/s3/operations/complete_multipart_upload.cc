#include "services/s3/operations/complete_multipart_upload.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "encoding/base64.h"
#include "encoding/hex.h"
#include "encoding/percent.h"
#include "services/s3/object_headers.h"
#include "services/s3/upload_store.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"
#include "services/s3/writing.h"

namespace everseal::s3 {
namespace {

using Operation = CompleteMultipartUpload;

constexpr std::uint64_t least_part = 5 << 20;  // but for the last one

struct Stored {
  PartedUpload upload;
  std::vector<FileRow> parts;
};

Result<Stored, ApiError> find_stored(sql::Snapshot& view, const Operation::Request& request) {
  const auto bucket = require_bucket(view, request.bucket);
  if (!bucket) return bucket.error();
  auto upload = find_upload(view, request.upload_id, request.bucket, request.key);
  if (!upload) return upload.error();
  if (!*upload) return no_such_upload(request.upload_id);
  auto parts = files_of(view, request.upload_id);
  if (!parts) return parts.error();
  return Stored{**std::move(upload), *std::move(parts)};
}

std::string_view plain(std::string_view etag) {
  if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"') {
    return etag.substr(1, etag.size() - 2);
  }
  return etag;
}

bool is_the_same(const Operation::Part& named, const FileRow& stored) {
  for (const auto& checksum :
       {named.crc32, named.crc32c, named.crc64nvme, named.sha1, named.sha256}) {
    if (checksum && *checksum != stored.checksum) return false;
  }
  return plain(named.etag) == stored.etag;
}

// The parts that were named, numbered from one.
Result<std::vector<FileRow>, ApiError> chosen_parts(const std::vector<Operation::Part>& named,
                                                    const std::vector<FileRow>& stored) {
  const auto unordered = std::ranges::adjacent_find(named, std::ranges::greater_equal(),
                                                    &Operation::Part::part_number);
  if (unordered != named.end()) return invalid_part_order();
  std::vector<FileRow> chosen;
  for (std::size_t i = 0; i < named.size(); ++i) {
    const auto found = std::ranges::find(stored, named[i].part_number, &FileRow::part);
    if (found == stored.end() || !is_the_same(named[i], *found)) return invalid_part();
    const bool is_last = i + 1 == named.size();
    if (!is_last && found->size < least_part) return entity_too_small(found->size);
    chosen.push_back(*found);
    chosen.back().part = static_cast<std::int64_t>(i) + 1;
  }
  return chosen;
}

std::string etag_of_all(const std::vector<FileRow>& parts) {
  crypto::RunningDigest md5(crypto::RunningDigest::Algorithm::Md5);
  for (const auto& part : parts) md5.update(encoding::from_hex(part.etag).value_or(Bytes()));
  return encoding::to_hex(md5.finish()) + "-" + std::to_string(parts.size());
}

Checksum value_in(ChecksumAlgorithm algorithm, const FileRow& part) {
  return {algorithm, encoding::from_base64(part.checksum).value_or(Bytes())};
}

// The checksum of the octets, or of the checksums of the parts.
std::string checksum_of_all(const std::vector<FileRow>& parts, ChecksumAlgorithm algorithm,
                            bool of_octets) {
  if (!of_octets) {
    RunningChecksum all(algorithm);
    for (const auto& part : parts) all.update(value_in(algorithm, part).value);
    return all.finish().text() + "-" + std::to_string(parts.size());
  }
  auto all = value_in(algorithm, parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    all = joined(all, value_in(algorithm, parts[i]), parts[i].size);
  }
  return all.text();
}

// What the client says of the whole must be so.
Result<void, ApiError> check_whole(const HeaderMap& headers, const Object& object) {
  const auto algorithm = *checksum_algorithm(object.checksum_algorithm);
  const auto said = headers.find(std::string(header_of(algorithm)));
  if (said != headers.end() && said->second != object.checksum &&
      said->second != object.checksum.substr(0, object.checksum.find('-'))) {
    return bad_checksum(object.checksum_algorithm);
  }
  const auto size = headers.find("x-amz-mp-object-size");
  if (size != headers.end() && size->second != std::to_string(object.size)) {
    return invalid_request(
        "The provided 'x-amz-mp-object-size' header does not match the size of "
        "the object.");
  }
  return {};
}

NewObject assembled(const Stored& stored, std::vector<FileRow> parts) {
  const bool is_named = !stored.upload.checksum_algorithm.empty();
  const auto algorithm =
      checksum_algorithm(stored.upload.checksum_algorithm).value_or(ChecksumAlgorithm::Crc64Nvme);
  const bool of_octets = !is_named || stored.upload.checksum_type == "FULL_OBJECT";
  NewObject wanted{.object = {}, .files = {}, .of_upload = stored.upload.id};
  auto& object = wanted.object;
  object.bucket = stored.upload.bucket;
  object.key = stored.upload.key;
  object.headers = stored.upload.headers;
  object.acl = stored.upload.acl;
  object.tagging = stored.upload.tagging;
  object.etag = etag_of_all(parts);
  for (const auto& part : parts) object.size += part.size;
  object.checksum_algorithm = name_of(algorithm);
  object.checksum = checksum_of_all(parts, algorithm, of_octets);
  object.checksum_type = of_octets ? "FULL_OBJECT" : "COMPOSITE";
  object.part_count = static_cast<std::int64_t>(parts.size());
  wanted.files = std::move(parts);
  return wanted;
}

Operation::Response shown(const Written& written) {
  const auto& object = written.object;
  Operation::Response response;
  response.location = "/" + object.bucket + "/" + encoding::percent_encode_path(object.key);
  response.bucket = object.bucket;
  response.key = object.key;
  response.etag = quoted_etag(object.etag);
  response.checksum_type = object.checksum_type;
  const auto tell = [&](ChecksumAlgorithm algorithm, std::optional<std::string>& place) {
    if (object.checksum_algorithm == name_of(algorithm)) place = object.checksum;
  };
  tell(ChecksumAlgorithm::Crc32, response.crc32);
  tell(ChecksumAlgorithm::Crc32c, response.crc32c);
  tell(ChecksumAlgorithm::Crc64Nvme, response.crc64nvme);
  tell(ChecksumAlgorithm::Sha1, response.sha1);
  tell(ChecksumAlgorithm::Sha256, response.sha256);
  response.headers = written_headers(object, written.versioning);
  response.headers.erase("ETag");
  return response;
}

}  // namespace

aws::Access CompleteMultipartUpload::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:PutObject", .resources = {object_arn(request.bucket, request.key)}};
}

Result<CompleteMultipartUpload::Response, ApiError> CompleteMultipartUpload::operator()(
    const Request& request) const {
  if (!request.parts || request.parts->parts.empty()) return malformed_xml();
  const auto stored =
      database.read([&](sql::Snapshot& view) { return find_stored(view, request); });
  if (!stored) return stored.error();
  auto parts = chosen_parts(request.parts->parts, stored->parts);
  if (!parts) return parts.error();
  auto wanted = assembled(*stored, *std::move(parts));
  wanted.conditions = write_conditions(request.headers);
  if (auto same = check_whole(request.headers, wanted.object); !same) return same.error();
  const auto written = write_object(database, {files, random, clock}, wanted);
  if (!written) return written.error();
  return shown(*written);
}

}  // namespace everseal::s3
