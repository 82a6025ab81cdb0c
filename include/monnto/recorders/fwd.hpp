#pragma once

namespace monnto {

class EventColumn;
class EventRecorder;
class Recorder;
class Recording;
struct RecorderOptions;

}  // namespace monnto
