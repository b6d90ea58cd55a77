#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/s3/object_files.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// DeleteObjects: up to 1000 keys or versions, each on its own: some may go and others be refused.
struct DeleteObjects {
  static constexpr std::string_view name = "DeleteObjects";
  static constexpr aws::Http http{"POST", "/{Bucket}?delete", 200, "DeleteResult"};
  struct Key {
    std::string key;
    std::optional<std::string> version_id;
    static constexpr auto fields =
        std::tuple{aws::required("Key", &Key::key), aws::optional("VersionId", &Key::version_id)};
  };
  struct Delete {
    std::vector<Key> objects;
    bool quiet = false;
    static constexpr auto fields =
        std::tuple{aws::optional("Object", &Delete::objects, aws::flattened()),
                   aws::optional("Quiet", &Delete::quiet)};
  };
  struct Request {
    std::string bucket;
    HeaderMap headers;
    std::optional<Bytes> body;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::optional("", &Request::headers, aws::in_header({})),
                   aws::optional("Delete", &Request::body, aws::as_payload())};
  };
  struct Gone {
    std::string key;
    std::optional<std::string> version_id;
    std::optional<bool> is_delete_marker;
    std::optional<std::string> marker_version_id;
    static constexpr auto fields =
        std::tuple{aws::required("Key", &Gone::key), aws::optional("VersionId", &Gone::version_id),
                   aws::optional("DeleteMarker", &Gone::is_delete_marker),
                   aws::optional("DeleteMarkerVersionId", &Gone::marker_version_id)};
  };
  struct Kept {
    std::string key;
    std::optional<std::string> version_id;
    std::string code;
    std::string message;
    static constexpr auto fields =
        std::tuple{aws::required("Key", &Kept::key), aws::optional("VersionId", &Kept::version_id),
                   aws::required("Code", &Kept::code), aws::required("Message", &Kept::message)};
  };
  struct Response {
    std::vector<Gone> deleted;
    std::vector<Kept> errors;
    static constexpr auto fields =
        std::tuple{aws::optional("Deleted", &Response::deleted, aws::flattened()),
                   aws::optional("Error", &Response::errors, aws::flattened())};
  };

  // Asked for each key: see the answer's errors.
  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchBucket; InvalidRequest: the body has no checksum. BadDigest, InvalidDigest; MalformedXML:
  // no key or more than 1000.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  ObjectFiles& files;
  const aws::endpoint::Authorizer& authorizer;
  Random& random;
  const Clock& clock;

 private:
  std::optional<ApiError> refusal(const std::string& bucket, const Key& key,
                                  const aws::Call& call) const;
  Result<std::vector<Gone>, ApiError> remove(const std::string& bucket_name,
                                             const std::vector<Key>& keys) const;
};

}  // namespace everseal::s3
