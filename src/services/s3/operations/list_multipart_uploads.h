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
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/s3/listed.h"
#include "sql/database.h"

namespace everseal::s3 {

// ListMultipartUploads: the uploads that are neither complete nor aborted, by key.
struct ListMultipartUploads {
  static constexpr std::string_view name = "ListMultipartUploads";
  static constexpr aws::Http http{"GET", "/{Bucket}?uploads", 200};
  struct Request {
    std::string bucket;
    std::optional<std::string> prefix;
    std::optional<std::string> delimiter;
    std::optional<std::string> key_marker;
    std::optional<std::string> upload_id_marker;
    std::optional<std::int64_t> max_uploads;
    std::optional<std::string> encoding_type;
    static constexpr auto fields = std::tuple{
        aws::required("Bucket", &Request::bucket, aws::in_label()),
        aws::optional("Prefix", &Request::prefix, aws::in_query("prefix")),
        aws::optional("Delimiter", &Request::delimiter, aws::in_query("delimiter")),
        aws::optional("KeyMarker", &Request::key_marker, aws::in_query("key-marker")),
        aws::optional("UploadIdMarker", &Request::upload_id_marker,
                      aws::in_query("upload-id-marker")),
        aws::optional("MaxUploads", &Request::max_uploads, aws::in_query("max-uploads")),
        aws::optional("EncodingType", &Request::encoding_type, aws::in_query("encoding-type"))};
  };
  struct Upload {
    std::string upload_id;
    std::string key;
    TimePoint initiated;
    std::string storage_class = "STANDARD";
    Owner owner;
    static constexpr auto fields = std::tuple{aws::required("UploadId", &Upload::upload_id),
                                              aws::required("Key", &Upload::key),
                                              aws::required("Initiated", &Upload::initiated),
                                              aws::required("StorageClass", &Upload::storage_class),
                                              aws::required("Owner", &Upload::owner)};
  };
  struct Response {
    std::string bucket;
    std::string key_marker;
    std::string upload_id_marker;
    std::optional<std::string> next_key_marker;
    std::optional<std::string> next_upload_id_marker;
    std::string prefix;
    std::int64_t max_uploads = 0;
    bool is_truncated = false;
    std::optional<std::string> encoding_type;
    std::vector<Upload> uploads;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Response::bucket),
                   aws::required("KeyMarker", &Response::key_marker),
                   aws::required("UploadIdMarker", &Response::upload_id_marker),
                   aws::optional("NextKeyMarker", &Response::next_key_marker),
                   aws::optional("NextUploadIdMarker", &Response::next_upload_id_marker),
                   aws::required("Prefix", &Response::prefix),
                   aws::required("MaxUploads", &Response::max_uploads),
                   aws::required("IsTruncated", &Response::is_truncated),
                   aws::optional("EncodingType", &Response::encoding_type),
                   aws::optional("Upload", &Response::uploads, aws::flattened())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchBucket, InvalidArgument; NotImplemented: a delimiter.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
