#pragma once

#include <vector>

#include "encoding/bytes.h"
#include "result/result.h"

// A chain as one column: DER certificates one after the other, since DER says where each ends.
namespace everseal::acmpca {

Bytes join_der(const std::vector<Bytes>& values);

// Malformed: not whole DER values.
Result<std::vector<Bytes>> split_der(ByteView joined);

}  // namespace everseal::acmpca
