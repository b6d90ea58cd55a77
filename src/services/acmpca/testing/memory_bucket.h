#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "services/acmpca/buckets/object_sink.h"
#include "services/acmpca/buckets/object_source.h"

namespace everseal::acmpca::testing {

// Buckets that a test can look into, and spoil.
class MemoryBucket final : public ObjectSink, public ObjectSource {
 public:
  struct Object {
    Bytes content;
    ObjectAcl acl;
    std::string content_type;
    std::string written_for;  // the CA's ARN
  };

  Outcome check(const Target& target) override;
  Result<bool> has_bucket(const Target& target) override;
  Result<std::unique_ptr<Pending>> begin(const Target& target) override;
  Result<std::optional<Opened>> open(std::string_view bucket, std::string_view key) override;

  // "bucket/key"; nothing if there is no such object.
  std::optional<Object> find(const std::string& name) const;
  std::size_t size() const;
  // What somebody else does to an object.
  void put(const std::string& name, Bytes content);
  void remove(const std::string& name);

  // While it is set, nothing can be written, for this reason.
  std::optional<std::string> refuses;
  bool is_missing = false;
  // While it is set, octets of objects do not reach the disk.
  std::optional<Fault> disk_fault;
  // Called once, when the next object was written and not stored yet.
  std::function<void()> before_store;

 private:
  class Written;
  mutable std::mutex mutex_;
  std::map<std::string, Object> objects_;  // guarded by mutex_
};

}  // namespace everseal::acmpca::testing
