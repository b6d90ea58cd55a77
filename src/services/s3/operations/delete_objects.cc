#include "services/s3/operations/delete_objects.h"

#include <utility>

#include "aws/protocol/read.h"
#include "aws/protocol/restxml.h"
#include "services/s3/checked_body.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"
#include "services/s3/visibility.h"
#include "services/s3/writing.h"

namespace everseal::s3 {
namespace {

using Operation = DeleteObjects;

constexpr std::size_t most_keys_at_once = 1000;

Result<Operation::Delete, ApiError> read_keys(const Bytes& body) {
  const auto document =
      aws::protocol::parse_xml(as_text(body), aws::protocol::shape_of<Operation::Delete>);
  if (!document) return malformed_xml();
  auto keys = aws::protocol::read<Operation::Delete>(*document, aws::Protocol::RestXml);
  if (!keys || keys->objects.empty() || keys->objects.size() > most_keys_at_once) {
    return malformed_xml();
  }
  return keys;
}

Operation::Gone shown(const Operation::Key& key, const Deleted& deleted) {
  Operation::Gone gone{.key = key.key,
                       .version_id = key.version_id,
                       .is_delete_marker = {},
                       .marker_version_id = {}};
  if (!deleted.is_delete_marker) return gone;
  gone.is_delete_marker = true;
  gone.marker_version_id = deleted.version_id;
  return gone;
}

}  // namespace

aws::Access DeleteObjects::access(const Request&, const aws::Call&) const {
  return aws::unrestricted();
}

Result<DeleteObjects::Response, ApiError> DeleteObjects::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  const auto body = request.body.value_or(Bytes());
  if (auto same = check_body(request.headers, body); !same) return same.error();
  const auto wanted = read_keys(body);
  if (!wanted) return wanted.error();
  Response response;
  std::vector<Key> allowed;
  for (const auto& key : wanted->objects) {
    const auto refused = refusal(request.bucket, key, call);
    if (!refused) {
      allowed.push_back(key);
    } else {
      response.errors.push_back(
          {key.key, key.version_id, std::string(refused->code), refused->message});
    }
  }
  auto gone = remove(request.bucket, allowed);
  if (!gone) return gone.error();
  if (!wanted->quiet) response.deleted = *std::move(gone);
  return response;
}

std::optional<ApiError> DeleteObjects::refusal(const std::string& bucket, const Key& key,
                                               const aws::Call& call) const {
  if (auto fine = check_key(key.key); !fine) return fine.error();
  const auto action = key.version_id ? "s3:DeleteObjectVersion" : "s3:DeleteObject";
  const auto denied = authorizer.authorize(call, action, aws::on(object_arn(bucket, key.key)));
  if (!denied) return ApiError("InternalError", 500, "We encountered an internal error.");
  if (*denied) return access_denied();
  return std::nullopt;
}

Result<std::vector<DeleteObjects::Gone>, ApiError> DeleteObjects::remove(
    const std::string& bucket_name, const std::vector<Key>& keys) const {
  using All = std::vector<Gone>;
  const Writing writing{files, random, clock};
  Replaced replaced;
  auto gone = database.write([&](sql::Transaction& tx) -> Result<All, ApiError> {
    replaced.clear();
    const auto bucket = require_bucket(tx, bucket_name);
    if (!bucket) return bucket.error();
    All all;
    for (const auto& key : keys) {
      const auto deleted = delete_object(tx, writing, *bucket, key.key, key.version_id, replaced);
      if (!deleted) return deleted.error();
      all.push_back(shown(key, *deleted));
    }
    return all;
  });
  if (gone) files.remove(replaced);
  return gone;
}

}  // namespace everseal::s3
