#pragma once

#include <optional>
#include <string>
#include <vector>

#include "aws/api_error.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/s3/incoming_body.h"
#include "services/s3/object_files.h"
#include "services/s3/object_store.h"
#include "services/s3/values/conditions.h"
#include "sql/database.h"

namespace everseal::s3 {

// What changes of objects are made with.
struct Writing {
  ObjectFiles& files;
  Random& random;
  const Clock& clock;
};

// An object that is to be: bucket, key, headers, size, etag, checksum, and its files.
struct NewObject {
  Object object;
  std::vector<FileRow> files;
  Conditions conditions{};
  // An upload whose rows go in the same transaction; its other files are removed.
  std::optional<std::string> of_upload{};
};

// That object, with the size, sums and file of what arrived.
NewObject received_object(Object described, const Received& received);

struct Written {
  Object object;
  Bucket::Versioning versioning;
};

// Makes it the latest of its key, durably, and removes the files of what it replaced.
// NoSuchBucket, NoSuchUpload, and what may_write refuses.
Result<Written, ApiError> write_object(sql::Database& database, const Writing& writing,
                                       const NewObject& wanted);

// What became of a delete.
struct Deleted {
  bool is_delete_marker = false;            // one was made, or was what is gone
  std::optional<std::string> version_id{};  // of the marker made, or of what is gone
  Bucket::Versioning versioning = Bucket::Versioning::Never;
};

// Deletes in a transaction; what must be removed after it is added to `replaced`.
Result<Deleted> delete_object(sql::Transaction& tx, const Writing& writing, const Bucket& bucket,
                              const std::string& key, const std::optional<std::string>& version_id,
                              Replaced& replaced);

// If-Match and If-None-Match.
Conditions write_conditions(const HeaderMap& headers);

// A name for an object, version or upload.
std::string new_id(Random& random);

}  // namespace everseal::s3
