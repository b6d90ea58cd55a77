#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "encoding/bytes.h"
#include "http/message.h"
#include "log/log.h"
#include "random/random.h"
#include "result/result.h"
#include "services/s3/storage.h"
#include "sql/database.h"

namespace everseal::s3 {

class ObjectFiles;

// A file on its way into the store. Until `keep` it is taken away again when this ends.
//
// A file is blocks of 64 KiB, the last one shorter, each followed by the CRC-32C of the file's
// name, the block's number and its octets: what is read is verified before any of it is sent,
// also of a range in the middle, and a block of another file or place is not taken for this one.
class NewFile {
 public:
  NewFile(ObjectFiles& files, std::string name, std::unique_ptr<StoredWriter> writer);
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();

  Outcome append(ByteView octets);
  // Durable; nothing can be appended any more.
  Outcome publish();
  // A row names it.
  void keep() { is_kept_ = true; }

  const std::string& name() const { return name_; }
  std::uint64_t size() const { return size_; }

 private:
  Outcome end_block();

  ObjectFiles& files_;
  std::string name_;
  std::unique_ptr<StoredWriter> writer_;
  Bytes block_;
  std::uint64_t size_ = 0;
  std::uint64_t blocks_ = 0;
  bool is_published_ = false;
  bool is_kept_ = false;
};

// A file that holds an object or a part of one, and the octets it must hold.
struct Segment {
  std::string file;
  std::uint64_t size = 0;
};

// The octets of objects. Thread-safe.
class ObjectFiles {
 public:
  ObjectFiles(Storage& storage, Random& random, Log& log)
      : storage_(storage), random_(random), log_(log) {}

  Result<std::unique_ptr<NewFile>> create();

  // `length` octets from `offset` on of the segments, one after the other. The first ones have been
  // read and verified when this returns. Conflict: a file is not there any more. Broken: damage.
  Result<std::unique_ptr<http::BodySource>> read(std::vector<Segment> segments,
                                                 std::uint64_t offset, std::uint64_t length);

  // Once no row names them. What cannot be removed is logged, and swept later.
  void remove(const std::vector<std::string>& names);

  // Removes the files that no row names: those of requests that a crash cut short. For the start,
  // while nobody writes. How many there were.
  Result<std::size_t> sweep(sql::Database& database);

 private:
  Storage& storage_;
  Random& random_;
  Log& log_;
};

}  // namespace everseal::s3
