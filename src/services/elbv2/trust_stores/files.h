#pragma once

#include <cstdint>
#include <string>

#include "aws/api_error.h"
#include "aws/call.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/object_source.h"
#include "services/elbv2/trust_stores/settings.h"

namespace everseal::elbv2::trust_stores {

// Which refusals the file is told with: those of a bundle or those of a revocation file.
struct FileWords {
  ApiError (*not_found)(std::string reason);
  ApiError (*invalid)(std::string reason);
};

// A file as it lies in its bucket now. Where there is none, the message says whether there is one
// without the slash that the key begins with.
Result<Bytes, ApiError> read_file(ObjectSource& source, const aws::Call& call,
                                  const ObjectSource::Place& place, std::int64_t most_octets,
                                  const Settings& settings, const FileWords& words);

}  // namespace everseal::elbv2::trust_stores
