#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/s3/values/checksum.h"

namespace everseal::s3 {

// Reads a form with a file in it (multipart/form-data, RFC 7578) piece by piece: its fields, which
// must come before the file, and then the octets of the file as they come. What follows the file is
// passed over. Memory stays within the size of the fields.
class FormReader {
 public:
  static constexpr std::size_t most_octets = 20 * 1024;  // of all that comes before the file

  // Called once, when all fields are known; then for each piece of the file.
  struct Listener {
    std::function<Result<void, ApiError>(HeaderMap fields, std::string file_name)> begin;
    std::function<Result<void, ApiError>(ByteView octets)> append;
  };

  // PreconditionFailed: the type is not that of such a form.
  static Result<FormReader, ApiError> of_type(std::string_view content_type, Listener listener);

  // MalformedPOSTRequest, MaxPostPreDataLengthExceeded; what the listener refuses.
  Result<void, ApiError> write(ByteView piece);
  // MalformedPOSTRequest: the form has not ended. InvalidArgument: it has no file.
  Result<void, ApiError> finish() const;

 private:
  enum class State { Preamble, AfterBoundary, Head, Field, File, Ended };

  FormReader(std::string boundary, Listener listener);
  // Whether it could go on with what is there; otherwise more is needed.
  Result<bool, ApiError> step();
  Result<bool, ApiError> read_after_boundary();
  Result<bool, ApiError> read_head();
  Result<bool, ApiError> read_field();
  Result<bool, ApiError> read_file();

  std::string boundary_;  // with the line break before it
  Listener listener_;
  State state_ = State::Preamble;
  std::string buffer_ = "\r\n";  // the first boundary may stand at the very beginning
  std::size_t before_file_ = 0;
  bool has_file_ = false;
  std::string name_{};
  HeaderMap fields_{};
};

}  // namespace everseal::s3
