#include "services/s3/incoming_body.h"

#include <charconv>
#include <utility>

#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

// How long the body says it is, if it does.
std::uint64_t announced_size(const HeaderMap& headers) {
  auto found = headers.find("x-amz-decoded-content-length");
  if (found == headers.end()) found = headers.find("content-length");
  std::uint64_t size = 0;
  if (found == headers.end()) return size;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), size);
  return size;
}

}  // namespace

IncomingBody::IncomingBody(std::unique_ptr<NewFile> file, Announced announced,
                           ChecksumAlgorithm kept)
    : file_(std::move(file)), announced_(std::move(announced)), checksum_(kept) {
  if (announced_.algorithm != kept) other_.emplace(announced_.algorithm);
}

Result<std::unique_ptr<IncomingBody>, ApiError> IncomingBody::begin(
    ObjectFiles& files, const HeaderMap& headers, std::optional<OfUpload> of_upload) {
  if (const auto size = announced_size(headers); size > most_octets) return entity_too_large(size);
  auto announced = announced_checksum(headers);
  if (!announced) return announced.error();
  const auto kept = of_upload ? of_upload->algorithm : announced->algorithm;
  if (of_upload && of_upload->is_named && announced->is_named && announced->algorithm != kept) {
    return invalid_request(
        "Checksum Type mismatch occurred, expected checksum Type: " + std::string(name_of(kept)) +
        ", actual checksum Type: " + std::string(name_of(announced->algorithm)));
  }
  if (!announced->is_named) announced->algorithm = kept;
  auto file = files.create();
  if (!file) return file.error();
  return std::unique_ptr<IncomingBody>(
      new IncomingBody(*std::move(file), *std::move(announced), kept));
}

Result<void, ApiError> IncomingBody::write(ByteView piece) {
  if (file_->size() + piece.size() > most_octets) {
    return entity_too_large(file_->size() + piece.size());
  }
  md5_.update(piece);
  checksum_.update(piece);
  if (other_) other_->update(piece);
  if (auto appended = file_->append(piece); !appended) return appended.error();
  return {};
}

Result<void, ApiError> IncomingBody::take_trailers(const http::Headers& trailers) {
  if (!announced_.in_trailer) return {};
  const auto header = header_of(announced_.algorithm);
  const auto said = trailers.find(header);
  if (!said) return invalid_checksum(header);
  auto value = read_checksum(announced_.algorithm, *said);
  if (!value) return value.error();
  announced_.value = *std::move(value);
  return {};
}

Result<Received, ApiError> IncomingBody::finish() {
  Received received{std::move(file_), md5_.finish(), checksum_.finish()};
  if (announced_.md5 && *announced_.md5 != received.md5) return bad_digest();
  const auto computed = other_ ? other_->finish() : received.checksum;
  if (announced_.value && *announced_.value != computed) {
    return bad_checksum(name_of(announced_.algorithm));
  }
  // A trailer is announced, and the body is not in chunks: there can be none.
  if (announced_.in_trailer && !announced_.value) return incomplete_body();
  if (auto published = received.file->publish(); !published) return published.error();
  return received;
}

}  // namespace everseal::s3
