#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/s3/object_store.h"
#include "sql/database.h"

namespace everseal::s3 {

// An object that is uploaded in parts, until it is complete or aborted.
struct PartedUpload {
  std::string id;
  std::string bucket;
  std::string key;
  std::string checksum_algorithm;  // empty: the client named none
  std::string checksum_type;
  HeaderMap headers;
  TimePoint created_at;
  Acl acl = Acl::Private;
  std::string tagging{};
};

Outcome add_upload(sql::Transaction& tx, const PartedUpload& upload);

// Of that bucket and key.
Result<std::optional<PartedUpload>> find_upload(sql::Snapshot& view, std::string_view id,
                                                std::string_view bucket, std::string_view key);

// At most `limit`, by key and id, after that one, whose keys begin so.
Result<std::vector<PartedUpload>> list_uploads(sql::Snapshot& view, std::string_view bucket,
                                               std::string_view prefix, std::string_view after_key,
                                               std::string_view after_id, std::int64_t limit);

// The file takes the place of the part of that number; the file before is to be removed.
Result<Replaced> put_part(sql::Transaction& tx, std::string_view upload_id, const FileRow& part);

// The upload and its parts go; their files. Nothing: there is none.
Result<std::optional<Replaced>> remove_upload(sql::Transaction& tx, std::string_view id);

}  // namespace everseal::s3
