#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::s3 {

// A file that is being written. Destroyed before `publish`, it never was.
class StoredWriter {
 public:
  virtual ~StoredWriter() = default;
  // Unavailable: the disk is full.
  virtual Outcome append(ByteView octets) = 0;
  // From now on it is there under its name, and stays through a loss of power.
  virtual Outcome publish() = 0;
};

// A file as it was published, also while it is removed.
class StoredReader {
 public:
  virtual ~StoredReader() = default;
  // How many octets there were from `offset` on, at most as many as `space` holds.
  virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> space) = 0;
};

// Where the octets of objects are: files by name. A name is 32 hexadecimal digits that we chose at
// random, never anything of a client's. Thread-safe.
class Storage {
 public:
  virtual ~Storage() = default;
  virtual Result<std::unique_ptr<StoredWriter>> create(std::string_view name) = 0;
  // Conflict: there is none of that name (any more).
  virtual Result<std::unique_ptr<StoredReader>> open(std::string_view name) = 0;
  // Done, too, if there is none.
  virtual Outcome remove(std::string_view name) = 0;
  // The names that begin with these two digits.
  virtual Result<std::vector<std::string>> names(std::string_view two_digits) = 0;
};

}  // namespace everseal::s3
