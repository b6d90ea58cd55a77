#pragma once

#include <string>

#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/s3/incoming_body.h"
#include "services/s3/object_files.h"
#include "services/s3/upload_store.h"
#include "sql/database.h"

namespace everseal::s3 {

// What a request calls an upload.
struct UploadName {
  std::string bucket;
  std::string key;
  std::string id;
};

// NoSuchBucket, AccessDenied, NoSuchUpload: it ended, or is another key's.
Result<PartedUpload, ApiError> open_upload(sql::Database& database, const UploadName& name);

// The checksum that is kept of each part.
OfUpload kept_of(const PartedUpload& upload);

// Durably; the file of the part before is removed. As open_upload, for the upload may have ended
// since.
Result<void, ApiError> add_part(sql::Database& database, ObjectFiles& files, const UploadName& name,
                                const FileRow& part);

}  // namespace everseal::s3
