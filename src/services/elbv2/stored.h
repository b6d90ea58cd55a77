#pragma once

#include <string>
#include <string_view>

#include "aws/protocol/json.h"
#include "aws/protocol/print.h"
#include "aws/protocol/read.h"
#include "result/result.h"

// What is kept as it was said, in one column: JSON of the fields.
namespace everseal::elbv2 {

template <class T>
std::string packed(const T& value) {
  return aws::protocol::print_json(aws::protocol::print(value));
}

// Broken: the column holds something else.
template <class T>
Result<T> unpacked(std::string_view column) {
  const auto document = aws::protocol::parse_json(column);
  if (!document) return Fault::broken("a column of ELBv2: " + document.error().cause);
  return aws::protocol::build<T>(*document);
}

}  // namespace everseal::elbv2
