import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 725:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



let interlaceUtils = __nccwpck_require__(689);

let pixelBppMapper = [
  // 0 - dummy entry
  function () {},

  // 1 - L
  // 0: 0, 1: 0, 2: 0, 3: 0xff
  function (pxData, data, pxPos, rawPos) {
    if (rawPos === data.length) {
      throw new Error("Ran out of data");
    }

    let pixel = data[rawPos];
    pxData[pxPos] = pixel;
    pxData[pxPos + 1] = pixel;
    pxData[pxPos + 2] = pixel;
    pxData[pxPos + 3] = 0xff;
  },

  // 2 - LA
  // 0: 0, 1: 0, 2: 0, 3: 1
  function (pxData, data, pxPos, rawPos) {
    if (rawPos + 1 >= data.length) {
      throw new Error("Ran out of data");
    }

    let pixel = data[rawPos];
    pxData[pxPos] = pixel;
    pxData[pxPos + 1] = pixel;
    pxData[pxPos + 2] = pixel;
    pxData[pxPos + 3] = data[rawPos + 1];
  },

  // 3 - RGB
  // 0: 0, 1: 1, 2: 2, 3: 0xff
  function (pxData, data, pxPos, rawPos) {
    if (rawPos + 2 >= data.length) {
      throw new Error("Ran out of data");
    }

    pxData[pxPos] = data[rawPos];
    pxData[pxPos + 1] = data[rawPos + 1];
    pxData[pxPos + 2] = data[rawPos + 2];
    pxData[pxPos + 3] = 0xff;
  },

  // 4 - RGBA
  // 0: 0, 1: 1, 2: 2, 3: 3
  function (pxData, data, pxPos, rawPos) {
    if (rawPos + 3 >= data.length) {
      throw new Error("Ran out of data");
    }

    pxData[pxPos] = data[rawPos];
    pxData[pxPos + 1] = data[rawPos + 1];
    pxData[pxPos + 2] = data[rawPos + 2];
    pxData[pxPos + 3] = data[rawPos + 3];
  },
];

let pixelBppCustomMapper = [
  // 0 - dummy entry
  function () {},

  // 1 - L
  // 0: 0, 1: 0, 2: 0, 3: 0xff
  function (pxData, pixelData, pxPos, maxBit) {
    let pixel = pixelData[0];
    pxData[pxPos] = pixel;
    pxData[pxPos + 1] = pixel;
    pxData[pxPos + 2] = pixel;
    pxData[pxPos + 3] = maxBit;
  },

  // 2 - LA
  // 0: 0, 1: 0, 2: 0, 3: 1
  function (pxData, pixelData, pxPos) {
    let pixel = pixelData[0];
    pxData[pxPos] = pixel;
    pxData[pxPos + 1] = pixel;
    pxData[pxPos + 2] = pixel;
    pxData[pxPos + 3] = pixelData[1];
  },

  // 3 - RGB
  // 0: 0, 1: 1, 2: 2, 3: 0xff
  function (pxData, pixelData, pxPos, maxBit) {
    pxData[pxPos] = pixelData[0];
    pxData[pxPos + 1] = pixelData[1];
    pxData[pxPos + 2] = pixelData[2];
    pxData[pxPos + 3] = maxBit;
  },

  // 4 - RGBA
  // 0: 0, 1: 1, 2: 2, 3: 3
  function (pxData, pixelData, pxPos) {
    pxData[pxPos] = pixelData[0];
    pxData[pxPos + 1] = pixelData[1];
    pxData[pxPos + 2] = pixelData[2];
    pxData[pxPos + 3] = pixelData[3];
  },
];

function bitRetriever(data, depth) {
  let leftOver = [];
  let i = 0;

  function split() {
    if (i === data.length) {
      throw new Error("Ran out of data");
    }
    let byte = data[i];
    i++;
    let byte8, byte7, byte6, byte5, byte4, byte3, byte2, byte1;
    switch (depth) {
      default:
        throw new Error("unrecognised depth");
      case 16:
        byte2 = data[i];
        i++;
        leftOver.push((byte << 8) + byte2);
        break;
      case 4:
        byte2 = byte & 0x0f;
        byte1 = byte >> 4;
        leftOver.push(byte1, byte2);
        break;
      case 2:
        byte4 = byte & 3;
        byte3 = (byte >> 2) & 3;
        byte2 = (byte >> 4) & 3;
        byte1 = (byte >> 6) & 3;
        leftOver.push(byte1, byte2, byte3, byte4);
        break;
      case 1:
        byte8 = byte & 1;
        byte7 = (byte >> 1) & 1;
        byte6 = (byte >> 2) & 1;
        byte5 = (byte >> 3) & 1;
        byte4 = (byte >> 4) & 1;
        byte3 = (byte >> 5) & 1;
        byte2 = (byte >> 6) & 1;
        byte1 = (byte >> 7) & 1;
        leftOver.push(byte1, byte2, byte3, byte4, byte5, byte6, byte7, byte8);
        break;
    }
  }

  return {
    get: function (count) {
      while (leftOver.length < count) {
        split();
      }
      let returner = leftOver.slice(0, count);
      leftOver = leftOver.slice(count);
      return returner;
    },
    resetAfterLine: function () {
      leftOver.length = 0;
    },
    end: function () {
      if (i !== data.length) {
        throw new Error("extra data found");
      }
    },
  };
}

function mapImage8Bit(image, pxData, getPxPos, bpp, data, rawPos) {
  // eslint-disable-line max-params
  let imageWidth = image.width;
  let imageHeight = image.height;
  let imagePass = image.index;
  for (let y = 0; y < imageHeight; y++) {
    for (let x = 0; x < imageWidth; x++) {
      let pxPos = getPxPos(x, y, imagePass);
      pixelBppMapper[bpp](pxData, data, pxPos, rawPos);
      rawPos += bpp; //eslint-disable-line no-param-reassign
    }
  }
  return rawPos;
}

function mapImageCustomBit(image, pxData, getPxPos, bpp, bits, maxBit) {
  // eslint-disable-line max-params
  let imageWidth = image.width;
  let imageHeight = image.height;
  let imagePass = image.index;
  for (let y = 0; y < imageHeight; y++) {
    for (let x = 0; x < imageWidth; x++) {
      let pixelData = bits.get(bpp);
      let pxPos = getPxPos(x, y, imagePass);
      pixelBppCustomMapper[bpp](pxData, pixelData, pxPos, maxBit);
    }
    bits.resetAfterLine();
  }
}

exports.dataToBitMap = function (data, bitmapInfo) {
  let width = bitmapInfo.width;
  let height = bitmapInfo.height;
  let depth = bitmapInfo.depth;
  let bpp = bitmapInfo.bpp;
  let interlace = bitmapInfo.interlace;
  let bits;

  if (depth !== 8) {
    bits = bitRetriever(data, depth);
  }
  let pxData;
  if (depth <= 8) {
    pxData = Buffer.alloc(width * height * 4);
  } else {
    pxData = new Uint16Array(width * height * 4);
  }
  let maxBit = Math.pow(2, depth) - 1;
  let rawPos = 0;
  let images;
  let getPxPos;

  if (interlace) {
    images = interlaceUtils.getImagePasses(width, height);
    getPxPos = interlaceUtils.getInterlaceIterator(width, height);
  } else {
    let nonInterlacedPxPos = 0;
    getPxPos = function () {
      let returner = nonInterlacedPxPos;
      nonInterlacedPxPos += 4;
      return returner;
    };
    images = [{ width: width, height: height }];
  }

  for (let imageIndex = 0; imageIndex < images.length; imageIndex++) {
    if (depth === 8) {
      rawPos = mapImage8Bit(
        images[imageIndex],
        pxData,
        getPxPos,
        bpp,
        data,
        rawPos
      );
    } else {
      mapImageCustomBit(
        images[imageIndex],
        pxData,
        getPxPos,
        bpp,
        bits,
        maxBit
      );
    }
  }
  if (depth === 8) {
    if (rawPos !== data.length) {
      throw new Error("extra data found");
    }
  } else {
    bits.end();
  }

  return pxData;
};


/***/ }),

/***/ 889:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let constants = __nccwpck_require__(929);

module.exports = function (dataIn, width, height, options) {
  let outHasAlpha =
    [constants.COLORTYPE_COLOR_ALPHA, constants.COLORTYPE_ALPHA].indexOf(
      options.colorType
    ) !== -1;
  if (options.colorType === options.inputColorType) {
    let bigEndian = (function () {
      let buffer = new ArrayBuffer(2);
      new DataView(buffer).setInt16(0, 256, true /* littleEndian */);
      // Int16Array uses the platform's endianness.
      return new Int16Array(buffer)[0] !== 256;
    })();
    // If no need to convert to grayscale and alpha is present/absent in both, take a fast route
    if (options.bitDepth === 8 || (options.bitDepth === 16 && bigEndian)) {
      return dataIn;
    }
  }

  // map to a UInt16 array if data is 16bit, fix endianness below
  let data = options.bitDepth !== 16 ? dataIn : new Uint16Array(dataIn.buffer);

  let maxValue = 255;
  let inBpp = constants.COLORTYPE_TO_BPP_MAP[options.inputColorType];
  if (inBpp === 4 && !options.inputHasAlpha) {
    inBpp = 3;
  }
  let outBpp = constants.COLORTYPE_TO_BPP_MAP[options.colorType];
  if (options.bitDepth === 16) {
    maxValue = 65535;
    outBpp *= 2;
  }
  let outData = Buffer.alloc(width * height * outBpp);

  let inIndex = 0;
  let outIndex = 0;

  let bgColor = options.bgColor || {};
  if (bgColor.red === undefined) {
    bgColor.red = maxValue;
  }
  if (bgColor.green === undefined) {
    bgColor.green = maxValue;
  }
  if (bgColor.blue === undefined) {
    bgColor.blue = maxValue;
  }

  function getRGBA() {
    let red;
    let green;
    let blue;
    let alpha = maxValue;
    switch (options.inputColorType) {
      case constants.COLORTYPE_COLOR_ALPHA:
        alpha = data[inIndex + 3];
        red = data[inIndex];
        green = data[inIndex + 1];
        blue = data[inIndex + 2];
        break;
      case constants.COLORTYPE_COLOR:
        red = data[inIndex];
        green = data[inIndex + 1];
        blue = data[inIndex + 2];
        break;
      case constants.COLORTYPE_ALPHA:
        alpha = data[inIndex + 1];
        red = data[inIndex];
        green = red;
        blue = red;
        break;
      case constants.COLORTYPE_GRAYSCALE:
        red = data[inIndex];
        green = red;
        blue = red;
        break;
      default:
        throw new Error(
          "input color type:" +
            options.inputColorType +
            " is not supported at present"
        );
    }

    if (options.inputHasAlpha) {
      if (!outHasAlpha) {
        alpha /= maxValue;
        red = Math.min(
          Math.max(Math.round((1 - alpha) * bgColor.red + alpha * red), 0),
          maxValue
        );
        green = Math.min(
          Math.max(Math.round((1 - alpha) * bgColor.green + alpha * green), 0),
          maxValue
        );
        blue = Math.min(
          Math.max(Math.round((1 - alpha) * bgColor.blue + alpha * blue), 0),
          maxValue
        );
      }
    }
    return { red: red, green: green, blue: blue, alpha: alpha };
  }

  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let rgba = getRGBA(data, inIndex);

      switch (options.colorType) {
        case constants.COLORTYPE_COLOR_ALPHA:
        case constants.COLORTYPE_COLOR:
          if (options.bitDepth === 8) {
            outData[outIndex] = rgba.red;
            outData[outIndex + 1] = rgba.green;
            outData[outIndex + 2] = rgba.blue;
            if (outHasAlpha) {
              outData[outIndex + 3] = rgba.alpha;
            }
          } else {
            outData.writeUInt16BE(rgba.red, outIndex);
            outData.writeUInt16BE(rgba.green, outIndex + 2);
            outData.writeUInt16BE(rgba.blue, outIndex + 4);
            if (outHasAlpha) {
              outData.writeUInt16BE(rgba.alpha, outIndex + 6);
            }
          }
          break;
        case constants.COLORTYPE_ALPHA:
        case constants.COLORTYPE_GRAYSCALE: {
          // Convert to grayscale and alpha
          let grayscale = (rgba.red + rgba.green + rgba.blue) / 3;
          if (options.bitDepth === 8) {
            outData[outIndex] = grayscale;
            if (outHasAlpha) {
              outData[outIndex + 1] = rgba.alpha;
            }
          } else {
            outData.writeUInt16BE(grayscale, outIndex);
            if (outHasAlpha) {
              outData.writeUInt16BE(rgba.alpha, outIndex + 2);
            }
          }
          break;
        }
        default:
          throw new Error("unrecognised color Type " + options.colorType);
      }

      inIndex += inBpp;
      outIndex += outBpp;
    }
  }

  return outData;
};


/***/ }),

/***/ 369:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let util = __nccwpck_require__(23);
let Stream = __nccwpck_require__(203);

let ChunkStream = (module.exports = function () {
  Stream.call(this);

  this._buffers = [];
  this._buffered = 0;

  this._reads = [];
  this._paused = false;

  this._encoding = "utf8";
  this.writable = true;
});
util.inherits(ChunkStream, Stream);

ChunkStream.prototype.read = function (length, callback) {
  this._reads.push({
    length: Math.abs(length), // if length < 0 then at most this length
    allowLess: length < 0,
    func: callback,
  });

  process.nextTick(
    function () {
      this._process();

      // its paused and there is not enought data then ask for more
      if (this._paused && this._reads && this._reads.length > 0) {
        this._paused = false;

        this.emit("drain");
      }
    }.bind(this)
  );
};

ChunkStream.prototype.write = function (data, encoding) {
  if (!this.writable) {
    this.emit("error", new Error("Stream not writable"));
    return false;
  }

  let dataBuffer;
  if (Buffer.isBuffer(data)) {
    dataBuffer = data;
  } else {
    dataBuffer = Buffer.from(data, encoding || this._encoding);
  }

  this._buffers.push(dataBuffer);
  this._buffered += dataBuffer.length;

  this._process();

  // ok if there are no more read requests
  if (this._reads && this._reads.length === 0) {
    this._paused = true;
  }

  return this.writable && !this._paused;
};

ChunkStream.prototype.end = function (data, encoding) {
  if (data) {
    this.write(data, encoding);
  }

  this.writable = false;

  // already destroyed
  if (!this._buffers) {
    return;
  }

  // enqueue or handle end
  if (this._buffers.length === 0) {
    this._end();
  } else {
    this._buffers.push(null);
    this._process();
  }
};

ChunkStream.prototype.destroySoon = ChunkStream.prototype.end;

ChunkStream.prototype._end = function () {
  if (this._reads.length > 0) {
    this.emit("error", new Error("Unexpected end of input"));
  }

  this.destroy();
};

ChunkStream.prototype.destroy = function () {
  if (!this._buffers) {
    return;
  }

  this.writable = false;
  this._reads = null;
  this._buffers = null;

  this.emit("close");
};

ChunkStream.prototype._processReadAllowingLess = function (read) {
  // ok there is any data so that we can satisfy this request
  this._reads.shift(); // == read

  // first we need to peek into first buffer
  let smallerBuf = this._buffers[0];

  // ok there is more data than we need
  if (smallerBuf.length > read.length) {
    this._buffered -= read.length;
    this._buffers[0] = smallerBuf.slice(read.length);

    read.func.call(this, smallerBuf.slice(0, read.length));
  } else {
    // ok this is less than maximum length so use it all
    this._buffered -= smallerBuf.length;
    this._buffers.shift(); // == smallerBuf

    read.func.call(this, smallerBuf);
  }
};

ChunkStream.prototype._processRead = function (read) {
  this._reads.shift(); // == read

  let pos = 0;
  let count = 0;
  let data = Buffer.alloc(read.length);

  // create buffer for all data
  while (pos < read.length) {
    let buf = this._buffers[count++];
    let len = Math.min(buf.length, read.length - pos);

    buf.copy(data, pos, 0, len);
    pos += len;

    // last buffer wasn't used all so just slice it and leave
    if (len !== buf.length) {
      this._buffers[--count] = buf.slice(len);
    }
  }

  // remove all used buffers
  if (count > 0) {
    this._buffers.splice(0, count);
  }

  this._buffered -= read.length;

  read.func.call(this, data);
};

ChunkStream.prototype._process = function () {
  try {
    // as long as there is any data and read requests
    while (this._buffered > 0 && this._reads && this._reads.length > 0) {
      let read = this._reads[0];

      // read any data (but no more than length)
      if (read.allowLess) {
        this._processReadAllowingLess(read);
      } else if (this._buffered >= read.length) {
        // ok we can meet some expectations

        this._processRead(read);
      } else {
        // not enought data to satisfy first request in queue
        // so we need to wait for more
        break;
      }
    }

    if (this._buffers && !this.writable) {
      this._end();
    }
  } catch (ex) {
    this.emit("error", ex);
  }
};


/***/ }),

/***/ 929:
/***/ ((module) => {



module.exports = {
  PNG_SIGNATURE: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],

  TYPE_IHDR: 0x49484452,
  TYPE_IEND: 0x49454e44,
  TYPE_IDAT: 0x49444154,
  TYPE_PLTE: 0x504c5445,
  TYPE_tRNS: 0x74524e53, // eslint-disable-line camelcase
  TYPE_gAMA: 0x67414d41, // eslint-disable-line camelcase

  // color-type bits
  COLORTYPE_GRAYSCALE: 0,
  COLORTYPE_PALETTE: 1,
  COLORTYPE_COLOR: 2,
  COLORTYPE_ALPHA: 4, // e.g. grayscale and alpha

  // color-type combinations
  COLORTYPE_PALETTE_COLOR: 3,
  COLORTYPE_COLOR_ALPHA: 6,

  COLORTYPE_TO_BPP_MAP: {
    0: 1,
    2: 3,
    3: 1,
    4: 2,
    6: 4,
  },

  GAMMA_DIVISION: 100000,
};


/***/ }),

/***/ 918:
/***/ ((module) => {



let crcTable = [];

(function () {
  for (let i = 0; i < 256; i++) {
    let currentCrc = i;
    for (let j = 0; j < 8; j++) {
      if (currentCrc & 1) {
        currentCrc = 0xedb88320 ^ (currentCrc >>> 1);
      } else {
        currentCrc = currentCrc >>> 1;
      }
    }
    crcTable[i] = currentCrc;
  }
})();

let CrcCalculator = (module.exports = function () {
  this._crc = -1;
});

CrcCalculator.prototype.write = function (data) {
  for (let i = 0; i < data.length; i++) {
    this._crc = crcTable[(this._crc ^ data[i]) & 0xff] ^ (this._crc >>> 8);
  }
  return true;
};

CrcCalculator.prototype.crc32 = function () {
  return this._crc ^ -1;
};

CrcCalculator.crc32 = function (buf) {
  let crc = -1;
  for (let i = 0; i < buf.length; i++) {
    crc = crcTable[(crc ^ buf[i]) & 0xff] ^ (crc >>> 8);
  }
  return crc ^ -1;
};


/***/ }),

/***/ 696:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let paethPredictor = __nccwpck_require__(635);

function filterNone(pxData, pxPos, byteWidth, rawData, rawPos) {
  for (let x = 0; x < byteWidth; x++) {
    rawData[rawPos + x] = pxData[pxPos + x];
  }
}

function filterSumNone(pxData, pxPos, byteWidth) {
  let sum = 0;
  let length = pxPos + byteWidth;

  for (let i = pxPos; i < length; i++) {
    sum += Math.abs(pxData[i]);
  }
  return sum;
}

function filterSub(pxData, pxPos, byteWidth, rawData, rawPos, bpp) {
  for (let x = 0; x < byteWidth; x++) {
    let left = x >= bpp ? pxData[pxPos + x - bpp] : 0;
    let val = pxData[pxPos + x] - left;

    rawData[rawPos + x] = val;
  }
}

function filterSumSub(pxData, pxPos, byteWidth, bpp) {
  let sum = 0;
  for (let x = 0; x < byteWidth; x++) {
    let left = x >= bpp ? pxData[pxPos + x - bpp] : 0;
    let val = pxData[pxPos + x] - left;

    sum += Math.abs(val);
  }

  return sum;
}

function filterUp(pxData, pxPos, byteWidth, rawData, rawPos) {
  for (let x = 0; x < byteWidth; x++) {
    let up = pxPos > 0 ? pxData[pxPos + x - byteWidth] : 0;
    let val = pxData[pxPos + x] - up;

    rawData[rawPos + x] = val;
  }
}

function filterSumUp(pxData, pxPos, byteWidth) {
  let sum = 0;
  let length = pxPos + byteWidth;
  for (let x = pxPos; x < length; x++) {
    let up = pxPos > 0 ? pxData[x - byteWidth] : 0;
    let val = pxData[x] - up;

    sum += Math.abs(val);
  }

  return sum;
}

function filterAvg(pxData, pxPos, byteWidth, rawData, rawPos, bpp) {
  for (let x = 0; x < byteWidth; x++) {
    let left = x >= bpp ? pxData[pxPos + x - bpp] : 0;
    let up = pxPos > 0 ? pxData[pxPos + x - byteWidth] : 0;
    let val = pxData[pxPos + x] - ((left + up) >> 1);

    rawData[rawPos + x] = val;
  }
}

function filterSumAvg(pxData, pxPos, byteWidth, bpp) {
  let sum = 0;
  for (let x = 0; x < byteWidth; x++) {
    let left = x >= bpp ? pxData[pxPos + x - bpp] : 0;
    let up = pxPos > 0 ? pxData[pxPos + x - byteWidth] : 0;
    let val = pxData[pxPos + x] - ((left + up) >> 1);

    sum += Math.abs(val);
  }

  return sum;
}

function filterPaeth(pxData, pxPos, byteWidth, rawData, rawPos, bpp) {
  for (let x = 0; x < byteWidth; x++) {
    let left = x >= bpp ? pxData[pxPos + x - bpp] : 0;
    let up = pxPos > 0 ? pxData[pxPos + x - byteWidth] : 0;
    let upleft =
      pxPos > 0 && x >= bpp ? pxData[pxPos + x - (byteWidth + bpp)] : 0;
    let val = pxData[pxPos + x] - paethPredictor(left, up, upleft);

    rawData[rawPos + x] = val;
  }
}

function filterSumPaeth(pxData, pxPos, byteWidth, bpp) {
  let sum = 0;
  for (let x = 0; x < byteWidth; x++) {
    let left = x >= bpp ? pxData[pxPos + x - bpp] : 0;
    let up = pxPos > 0 ? pxData[pxPos + x - byteWidth] : 0;
    let upleft =
      pxPos > 0 && x >= bpp ? pxData[pxPos + x - (byteWidth + bpp)] : 0;
    let val = pxData[pxPos + x] - paethPredictor(left, up, upleft);

    sum += Math.abs(val);
  }

  return sum;
}

let filters = {
  0: filterNone,
  1: filterSub,
  2: filterUp,
  3: filterAvg,
  4: filterPaeth,
};

let filterSums = {
  0: filterSumNone,
  1: filterSumSub,
  2: filterSumUp,
  3: filterSumAvg,
  4: filterSumPaeth,
};

module.exports = function (pxData, width, height, options, bpp) {
  let filterTypes;
  if (!("filterType" in options) || options.filterType === -1) {
    filterTypes = [0, 1, 2, 3, 4];
  } else if (typeof options.filterType === "number") {
    filterTypes = [options.filterType];
  } else {
    throw new Error("unrecognised filter types");
  }

  if (options.bitDepth === 16) {
    bpp *= 2;
  }
  let byteWidth = width * bpp;
  let rawPos = 0;
  let pxPos = 0;
  let rawData = Buffer.alloc((byteWidth + 1) * height);

  let sel = filterTypes[0];

  for (let y = 0; y < height; y++) {
    if (filterTypes.length > 1) {
      // find best filter for this line (with lowest sum of values)
      let min = Infinity;

      for (let i = 0; i < filterTypes.length; i++) {
        let sum = filterSums[filterTypes[i]](pxData, pxPos, byteWidth, bpp);
        if (sum < min) {
          sel = filterTypes[i];
          min = sum;
        }
      }
    }

    rawData[rawPos] = sel;
    rawPos++;
    filters[sel](pxData, pxPos, byteWidth, rawData, rawPos, bpp);
    rawPos += byteWidth;
    pxPos += byteWidth;
  }
  return rawData;
};


/***/ }),

/***/ 539:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let util = __nccwpck_require__(23);
let ChunkStream = __nccwpck_require__(369);
let Filter = __nccwpck_require__(54);

let FilterAsync = (module.exports = function (bitmapInfo) {
  ChunkStream.call(this);

  let buffers = [];
  let that = this;
  this._filter = new Filter(bitmapInfo, {
    read: this.read.bind(this),
    write: function (buffer) {
      buffers.push(buffer);
    },
    complete: function () {
      that.emit("complete", Buffer.concat(buffers));
    },
  });

  this._filter.start();
});
util.inherits(FilterAsync, ChunkStream);


/***/ }),

/***/ 56:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



let SyncReader = __nccwpck_require__(994);
let Filter = __nccwpck_require__(54);

exports.process = function (inBuffer, bitmapInfo) {
  let outBuffers = [];
  let reader = new SyncReader(inBuffer);
  let filter = new Filter(bitmapInfo, {
    read: reader.read.bind(reader),
    write: function (bufferPart) {
      outBuffers.push(bufferPart);
    },
    complete: function () {},
  });

  filter.start();
  reader.process();

  return Buffer.concat(outBuffers);
};


/***/ }),

/***/ 54:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let interlaceUtils = __nccwpck_require__(689);
let paethPredictor = __nccwpck_require__(635);

function getByteWidth(width, bpp, depth) {
  let byteWidth = width * bpp;
  if (depth !== 8) {
    byteWidth = Math.ceil(byteWidth / (8 / depth));
  }
  return byteWidth;
}

let Filter = (module.exports = function (bitmapInfo, dependencies) {
  let width = bitmapInfo.width;
  let height = bitmapInfo.height;
  let interlace = bitmapInfo.interlace;
  let bpp = bitmapInfo.bpp;
  let depth = bitmapInfo.depth;

  this.read = dependencies.read;
  this.write = dependencies.write;
  this.complete = dependencies.complete;

  this._imageIndex = 0;
  this._images = [];
  if (interlace) {
    let passes = interlaceUtils.getImagePasses(width, height);
    for (let i = 0; i < passes.length; i++) {
      this._images.push({
        byteWidth: getByteWidth(passes[i].width, bpp, depth),
        height: passes[i].height,
        lineIndex: 0,
      });
    }
  } else {
    this._images.push({
      byteWidth: getByteWidth(width, bpp, depth),
      height: height,
      lineIndex: 0,
    });
  }

  // when filtering the line we look at the pixel to the left
  // the spec also says it is done on a byte level regardless of the number of pixels
  // so if the depth is byte compatible (8 or 16) we subtract the bpp in order to compare back
  // a pixel rather than just a different byte part. However if we are sub byte, we ignore.
  if (depth === 8) {
    this._xComparison = bpp;
  } else if (depth === 16) {
    this._xComparison = bpp * 2;
  } else {
    this._xComparison = 1;
  }
});

Filter.prototype.start = function () {
  this.read(
    this._images[this._imageIndex].byteWidth + 1,
    this._reverseFilterLine.bind(this)
  );
};

Filter.prototype._unFilterType1 = function (
  rawData,
  unfilteredLine,
  byteWidth
) {
  let xComparison = this._xComparison;
  let xBiggerThan = xComparison - 1;

  for (let x = 0; x < byteWidth; x++) {
    let rawByte = rawData[1 + x];
    let f1Left = x > xBiggerThan ? unfilteredLine[x - xComparison] : 0;
    unfilteredLine[x] = rawByte + f1Left;
  }
};

Filter.prototype._unFilterType2 = function (
  rawData,
  unfilteredLine,
  byteWidth
) {
  let lastLine = this._lastLine;

  for (let x = 0; x < byteWidth; x++) {
    let rawByte = rawData[1 + x];
    let f2Up = lastLine ? lastLine[x] : 0;
    unfilteredLine[x] = rawByte + f2Up;
  }
};

Filter.prototype._unFilterType3 = function (
  rawData,
  unfilteredLine,
  byteWidth
) {
  let xComparison = this._xComparison;
  let xBiggerThan = xComparison - 1;
  let lastLine = this._lastLine;

  for (let x = 0; x < byteWidth; x++) {
    let rawByte = rawData[1 + x];
    let f3Up = lastLine ? lastLine[x] : 0;
    let f3Left = x > xBiggerThan ? unfilteredLine[x - xComparison] : 0;
    let f3Add = Math.floor((f3Left + f3Up) / 2);
    unfilteredLine[x] = rawByte + f3Add;
  }
};

Filter.prototype._unFilterType4 = function (
  rawData,
  unfilteredLine,
  byteWidth
) {
  let xComparison = this._xComparison;
  let xBiggerThan = xComparison - 1;
  let lastLine = this._lastLine;

  for (let x = 0; x < byteWidth; x++) {
    let rawByte = rawData[1 + x];
    let f4Up = lastLine ? lastLine[x] : 0;
    let f4Left = x > xBiggerThan ? unfilteredLine[x - xComparison] : 0;
    let f4UpLeft = x > xBiggerThan && lastLine ? lastLine[x - xComparison] : 0;
    let f4Add = paethPredictor(f4Left, f4Up, f4UpLeft);
    unfilteredLine[x] = rawByte + f4Add;
  }
};

Filter.prototype._reverseFilterLine = function (rawData) {
  let filter = rawData[0];
  let unfilteredLine;
  let currentImage = this._images[this._imageIndex];
  let byteWidth = currentImage.byteWidth;

  if (filter === 0) {
    unfilteredLine = rawData.slice(1, byteWidth + 1);
  } else {
    unfilteredLine = Buffer.alloc(byteWidth);

    switch (filter) {
      case 1:
        this._unFilterType1(rawData, unfilteredLine, byteWidth);
        break;
      case 2:
        this._unFilterType2(rawData, unfilteredLine, byteWidth);
        break;
      case 3:
        this._unFilterType3(rawData, unfilteredLine, byteWidth);
        break;
      case 4:
        this._unFilterType4(rawData, unfilteredLine, byteWidth);
        break;
      default:
        throw new Error("Unrecognised filter type - " + filter);
    }
  }

  this.write(unfilteredLine);

  currentImage.lineIndex++;
  if (currentImage.lineIndex >= currentImage.height) {
    this._lastLine = null;
    this._imageIndex++;
    currentImage = this._images[this._imageIndex];
  } else {
    this._lastLine = unfilteredLine;
  }

  if (currentImage) {
    // read, using the byte width that may be from the new current image
    this.read(currentImage.byteWidth + 1, this._reverseFilterLine.bind(this));
  } else {
    this._lastLine = null;
    this.complete();
  }
};


/***/ }),

/***/ 998:
/***/ ((module) => {



function dePalette(indata, outdata, width, height, palette) {
  let pxPos = 0;
  // use values from palette
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let color = palette[indata[pxPos]];

      if (!color) {
        throw new Error("index " + indata[pxPos] + " not in palette");
      }

      for (let i = 0; i < 4; i++) {
        outdata[pxPos + i] = color[i];
      }
      pxPos += 4;
    }
  }
}

function replaceTransparentColor(indata, outdata, width, height, transColor) {
  let pxPos = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let makeTrans = false;

      if (transColor.length === 1) {
        if (transColor[0] === indata[pxPos]) {
          makeTrans = true;
        }
      } else if (
        transColor[0] === indata[pxPos] &&
        transColor[1] === indata[pxPos + 1] &&
        transColor[2] === indata[pxPos + 2]
      ) {
        makeTrans = true;
      }
      if (makeTrans) {
        for (let i = 0; i < 4; i++) {
          outdata[pxPos + i] = 0;
        }
      }
      pxPos += 4;
    }
  }
}

function scaleDepth(indata, outdata, width, height, depth) {
  let maxOutSample = 255;
  let maxInSample = Math.pow(2, depth) - 1;
  let pxPos = 0;

  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let i = 0; i < 4; i++) {
        outdata[pxPos + i] = Math.floor(
          (indata[pxPos + i] * maxOutSample) / maxInSample + 0.5
        );
      }
      pxPos += 4;
    }
  }
}

module.exports = function (indata, imageData, skipRescale = false) {
  let depth = imageData.depth;
  let width = imageData.width;
  let height = imageData.height;
  let colorType = imageData.colorType;
  let transColor = imageData.transColor;
  let palette = imageData.palette;

  let outdata = indata; // only different for 16 bits

  if (colorType === 3) {
    // paletted
    dePalette(indata, outdata, width, height, palette);
  } else {
    if (transColor) {
      replaceTransparentColor(indata, outdata, width, height, transColor);
    }
    // if it needs scaling
    if (depth !== 8 && !skipRescale) {
      // if we need to change the buffer size
      if (depth === 16) {
        outdata = Buffer.alloc(width * height * 4);
      }
      scaleDepth(indata, outdata, width, height, depth);
    }
  }
  return outdata;
};


/***/ }),

/***/ 689:
/***/ ((__unused_webpack_module, exports) => {



// Adam 7
//   0 1 2 3 4 5 6 7
// 0 x 6 4 6 x 6 4 6
// 1 7 7 7 7 7 7 7 7
// 2 5 6 5 6 5 6 5 6
// 3 7 7 7 7 7 7 7 7
// 4 3 6 4 6 3 6 4 6
// 5 7 7 7 7 7 7 7 7
// 6 5 6 5 6 5 6 5 6
// 7 7 7 7 7 7 7 7 7

let imagePasses = [
  {
    // pass 1 - 1px
    x: [0],
    y: [0],
  },
  {
    // pass 2 - 1px
    x: [4],
    y: [0],
  },
  {
    // pass 3 - 2px
    x: [0, 4],
    y: [4],
  },
  {
    // pass 4 - 4px
    x: [2, 6],
    y: [0, 4],
  },
  {
    // pass 5 - 8px
    x: [0, 2, 4, 6],
    y: [2, 6],
  },
  {
    // pass 6 - 16px
    x: [1, 3, 5, 7],
    y: [0, 2, 4, 6],
  },
  {
    // pass 7 - 32px
    x: [0, 1, 2, 3, 4, 5, 6, 7],
    y: [1, 3, 5, 7],
  },
];

exports.getImagePasses = function (width, height) {
  let images = [];
  let xLeftOver = width % 8;
  let yLeftOver = height % 8;
  let xRepeats = (width - xLeftOver) / 8;
  let yRepeats = (height - yLeftOver) / 8;
  for (let i = 0; i < imagePasses.length; i++) {
    let pass = imagePasses[i];
    let passWidth = xRepeats * pass.x.length;
    let passHeight = yRepeats * pass.y.length;
    for (let j = 0; j < pass.x.length; j++) {
      if (pass.x[j] < xLeftOver) {
        passWidth++;
      } else {
        break;
      }
    }
    for (let j = 0; j < pass.y.length; j++) {
      if (pass.y[j] < yLeftOver) {
        passHeight++;
      } else {
        break;
      }
    }
    if (passWidth > 0 && passHeight > 0) {
      images.push({ width: passWidth, height: passHeight, index: i });
    }
  }
  return images;
};

exports.getInterlaceIterator = function (width) {
  return function (x, y, pass) {
    let outerXLeftOver = x % imagePasses[pass].x.length;
    let outerX =
      ((x - outerXLeftOver) / imagePasses[pass].x.length) * 8 +
      imagePasses[pass].x[outerXLeftOver];
    let outerYLeftOver = y % imagePasses[pass].y.length;
    let outerY =
      ((y - outerYLeftOver) / imagePasses[pass].y.length) * 8 +
      imagePasses[pass].y[outerYLeftOver];
    return outerX * 4 + outerY * width * 4;
  };
};


/***/ }),

/***/ 281:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let util = __nccwpck_require__(23);
let Stream = __nccwpck_require__(203);
let constants = __nccwpck_require__(929);
let Packer = __nccwpck_require__(736);

let PackerAsync = (module.exports = function (opt) {
  Stream.call(this);

  let options = opt || {};

  this._packer = new Packer(options);
  this._deflate = this._packer.createDeflate();

  this.readable = true;
});
util.inherits(PackerAsync, Stream);

PackerAsync.prototype.pack = function (data, width, height, gamma) {
  // Signature
  this.emit("data", Buffer.from(constants.PNG_SIGNATURE));
  this.emit("data", this._packer.packIHDR(width, height));

  if (gamma) {
    this.emit("data", this._packer.packGAMA(gamma));
  }

  let filteredData = this._packer.filterData(data, width, height);

  // compress it
  this._deflate.on("error", this.emit.bind(this, "error"));

  this._deflate.on(
    "data",
    function (compressedData) {
      this.emit("data", this._packer.packIDAT(compressedData));
    }.bind(this)
  );

  this._deflate.on(
    "end",
    function () {
      this.emit("data", this._packer.packIEND());
      this.emit("end");
    }.bind(this)
  );

  this._deflate.end(filteredData);
};


/***/ }),

/***/ 562:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let hasSyncZlib = true;
let zlib = __nccwpck_require__(106);
if (!zlib.deflateSync) {
  hasSyncZlib = false;
}
let constants = __nccwpck_require__(929);
let Packer = __nccwpck_require__(736);

module.exports = function (metaData, opt) {
  if (!hasSyncZlib) {
    throw new Error(
      "To use the sync capability of this library in old node versions, please pin pngjs to v2.3.0"
    );
  }

  let options = opt || {};

  let packer = new Packer(options);

  let chunks = [];

  // Signature
  chunks.push(Buffer.from(constants.PNG_SIGNATURE));

  // Header
  chunks.push(packer.packIHDR(metaData.width, metaData.height));

  if (metaData.gamma) {
    chunks.push(packer.packGAMA(metaData.gamma));
  }

  let filteredData = packer.filterData(
    metaData.data,
    metaData.width,
    metaData.height
  );

  // compress it
  let compressedData = zlib.deflateSync(
    filteredData,
    packer.getDeflateOptions()
  );
  filteredData = null;

  if (!compressedData || !compressedData.length) {
    throw new Error("bad png - invalid compressed data response");
  }
  chunks.push(packer.packIDAT(compressedData));

  // End
  chunks.push(packer.packIEND());

  return Buffer.concat(chunks);
};


/***/ }),

/***/ 736:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let constants = __nccwpck_require__(929);
let CrcStream = __nccwpck_require__(918);
let bitPacker = __nccwpck_require__(889);
let filter = __nccwpck_require__(696);
let zlib = __nccwpck_require__(106);

let Packer = (module.exports = function (options) {
  this._options = options;

  options.deflateChunkSize = options.deflateChunkSize || 32 * 1024;
  options.deflateLevel =
    options.deflateLevel != null ? options.deflateLevel : 9;
  options.deflateStrategy =
    options.deflateStrategy != null ? options.deflateStrategy : 3;
  options.inputHasAlpha =
    options.inputHasAlpha != null ? options.inputHasAlpha : true;
  options.deflateFactory = options.deflateFactory || zlib.createDeflate;
  options.bitDepth = options.bitDepth || 8;
  // This is outputColorType
  options.colorType =
    typeof options.colorType === "number"
      ? options.colorType
      : constants.COLORTYPE_COLOR_ALPHA;
  options.inputColorType =
    typeof options.inputColorType === "number"
      ? options.inputColorType
      : constants.COLORTYPE_COLOR_ALPHA;

  if (
    [
      constants.COLORTYPE_GRAYSCALE,
      constants.COLORTYPE_COLOR,
      constants.COLORTYPE_COLOR_ALPHA,
      constants.COLORTYPE_ALPHA,
    ].indexOf(options.colorType) === -1
  ) {
    throw new Error(
      "option color type:" + options.colorType + " is not supported at present"
    );
  }
  if (
    [
      constants.COLORTYPE_GRAYSCALE,
      constants.COLORTYPE_COLOR,
      constants.COLORTYPE_COLOR_ALPHA,
      constants.COLORTYPE_ALPHA,
    ].indexOf(options.inputColorType) === -1
  ) {
    throw new Error(
      "option input color type:" +
        options.inputColorType +
        " is not supported at present"
    );
  }
  if (options.bitDepth !== 8 && options.bitDepth !== 16) {
    throw new Error(
      "option bit depth:" + options.bitDepth + " is not supported at present"
    );
  }
});

Packer.prototype.getDeflateOptions = function () {
  return {
    chunkSize: this._options.deflateChunkSize,
    level: this._options.deflateLevel,
    strategy: this._options.deflateStrategy,
  };
};

Packer.prototype.createDeflate = function () {
  return this._options.deflateFactory(this.getDeflateOptions());
};

Packer.prototype.filterData = function (data, width, height) {
  // convert to correct format for filtering (e.g. right bpp and bit depth)
  let packedData = bitPacker(data, width, height, this._options);

  // filter pixel data
  let bpp = constants.COLORTYPE_TO_BPP_MAP[this._options.colorType];
  let filteredData = filter(packedData, width, height, this._options, bpp);
  return filteredData;
};

Packer.prototype._packChunk = function (type, data) {
  let len = data ? data.length : 0;
  let buf = Buffer.alloc(len + 12);

  buf.writeUInt32BE(len, 0);
  buf.writeUInt32BE(type, 4);

  if (data) {
    data.copy(buf, 8);
  }

  buf.writeInt32BE(
    CrcStream.crc32(buf.slice(4, buf.length - 4)),
    buf.length - 4
  );
  return buf;
};

Packer.prototype.packGAMA = function (gamma) {
  let buf = Buffer.alloc(4);
  buf.writeUInt32BE(Math.floor(gamma * constants.GAMMA_DIVISION), 0);
  return this._packChunk(constants.TYPE_gAMA, buf);
};

Packer.prototype.packIHDR = function (width, height) {
  let buf = Buffer.alloc(13);
  buf.writeUInt32BE(width, 0);
  buf.writeUInt32BE(height, 4);
  buf[8] = this._options.bitDepth; // Bit depth
  buf[9] = this._options.colorType; // colorType
  buf[10] = 0; // compression
  buf[11] = 0; // filter
  buf[12] = 0; // interlace

  return this._packChunk(constants.TYPE_IHDR, buf);
};

Packer.prototype.packIDAT = function (data) {
  return this._packChunk(constants.TYPE_IDAT, data);
};

Packer.prototype.packIEND = function () {
  return this._packChunk(constants.TYPE_IEND, null);
};


/***/ }),

/***/ 635:
/***/ ((module) => {



module.exports = function paethPredictor(left, above, upLeft) {
  let paeth = left + above - upLeft;
  let pLeft = Math.abs(paeth - left);
  let pAbove = Math.abs(paeth - above);
  let pUpLeft = Math.abs(paeth - upLeft);

  if (pLeft <= pAbove && pLeft <= pUpLeft) {
    return left;
  }
  if (pAbove <= pUpLeft) {
    return above;
  }
  return upLeft;
};


/***/ }),

/***/ 504:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let util = __nccwpck_require__(23);
let zlib = __nccwpck_require__(106);
let ChunkStream = __nccwpck_require__(369);
let FilterAsync = __nccwpck_require__(539);
let Parser = __nccwpck_require__(609);
let bitmapper = __nccwpck_require__(725);
let formatNormaliser = __nccwpck_require__(998);

let ParserAsync = (module.exports = function (options) {
  ChunkStream.call(this);

  this._parser = new Parser(options, {
    read: this.read.bind(this),
    error: this._handleError.bind(this),
    metadata: this._handleMetaData.bind(this),
    gamma: this.emit.bind(this, "gamma"),
    palette: this._handlePalette.bind(this),
    transColor: this._handleTransColor.bind(this),
    finished: this._finished.bind(this),
    inflateData: this._inflateData.bind(this),
    simpleTransparency: this._simpleTransparency.bind(this),
    headersFinished: this._headersFinished.bind(this),
  });
  this._options = options;
  this.writable = true;

  this._parser.start();
});
util.inherits(ParserAsync, ChunkStream);

ParserAsync.prototype._handleError = function (err) {
  this.emit("error", err);

  this.writable = false;

  this.destroy();

  if (this._inflate && this._inflate.destroy) {
    this._inflate.destroy();
  }

  if (this._filter) {
    this._filter.destroy();
    // For backward compatibility with Node 7 and below.
    // Suppress errors due to _inflate calling write() even after
    // it's destroy()'ed.
    this._filter.on("error", function () {});
  }

  this.errord = true;
};

ParserAsync.prototype._inflateData = function (data) {
  if (!this._inflate) {
    if (this._bitmapInfo.interlace) {
      this._inflate = zlib.createInflate();

      this._inflate.on("error", this.emit.bind(this, "error"));
      this._filter.on("complete", this._complete.bind(this));

      this._inflate.pipe(this._filter);
    } else {
      let rowSize =
        ((this._bitmapInfo.width *
          this._bitmapInfo.bpp *
          this._bitmapInfo.depth +
          7) >>
          3) +
        1;
      let imageSize = rowSize * this._bitmapInfo.height;
      let chunkSize = Math.max(imageSize, zlib.Z_MIN_CHUNK);

      this._inflate = zlib.createInflate({ chunkSize: chunkSize });
      let leftToInflate = imageSize;

      let emitError = this.emit.bind(this, "error");
      this._inflate.on("error", function (err) {
        if (!leftToInflate) {
          return;
        }

        emitError(err);
      });
      this._filter.on("complete", this._complete.bind(this));

      let filterWrite = this._filter.write.bind(this._filter);
      this._inflate.on("data", function (chunk) {
        if (!leftToInflate) {
          return;
        }

        if (chunk.length > leftToInflate) {
          chunk = chunk.slice(0, leftToInflate);
        }

        leftToInflate -= chunk.length;

        filterWrite(chunk);
      });

      this._inflate.on("end", this._filter.end.bind(this._filter));
    }
  }
  this._inflate.write(data);
};

ParserAsync.prototype._handleMetaData = function (metaData) {
  this._metaData = metaData;
  this._bitmapInfo = Object.create(metaData);

  this._filter = new FilterAsync(this._bitmapInfo);
};

ParserAsync.prototype._handleTransColor = function (transColor) {
  this._bitmapInfo.transColor = transColor;
};

ParserAsync.prototype._handlePalette = function (palette) {
  this._bitmapInfo.palette = palette;
};

ParserAsync.prototype._simpleTransparency = function () {
  this._metaData.alpha = true;
};

ParserAsync.prototype._headersFinished = function () {
  // Up until this point, we don't know if we have a tRNS chunk (alpha)
  // so we can't emit metadata any earlier
  this.emit("metadata", this._metaData);
};

ParserAsync.prototype._finished = function () {
  if (this.errord) {
    return;
  }

  if (!this._inflate) {
    this.emit("error", "No Inflate block");
  } else {
    // no more data to inflate
    this._inflate.end();
  }
};

ParserAsync.prototype._complete = function (filteredData) {
  if (this.errord) {
    return;
  }

  let normalisedBitmapData;

  try {
    let bitmapData = bitmapper.dataToBitMap(filteredData, this._bitmapInfo);

    normalisedBitmapData = formatNormaliser(
      bitmapData,
      this._bitmapInfo,
      this._options.skipRescale
    );
    bitmapData = null;
  } catch (ex) {
    this._handleError(ex);
    return;
  }

  this.emit("parsed", normalisedBitmapData);
};


/***/ }),

/***/ 345:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let hasSyncZlib = true;
let zlib = __nccwpck_require__(106);
let inflateSync = __nccwpck_require__(447);
if (!zlib.deflateSync) {
  hasSyncZlib = false;
}
let SyncReader = __nccwpck_require__(994);
let FilterSync = __nccwpck_require__(56);
let Parser = __nccwpck_require__(609);
let bitmapper = __nccwpck_require__(725);
let formatNormaliser = __nccwpck_require__(998);

module.exports = function (buffer, options) {
  if (!hasSyncZlib) {
    throw new Error(
      "To use the sync capability of this library in old node versions, please pin pngjs to v2.3.0"
    );
  }

  let err;
  function handleError(_err_) {
    err = _err_;
  }

  let metaData;
  function handleMetaData(_metaData_) {
    metaData = _metaData_;
  }

  function handleTransColor(transColor) {
    metaData.transColor = transColor;
  }

  function handlePalette(palette) {
    metaData.palette = palette;
  }

  function handleSimpleTransparency() {
    metaData.alpha = true;
  }

  let gamma;
  function handleGamma(_gamma_) {
    gamma = _gamma_;
  }

  let inflateDataList = [];
  function handleInflateData(inflatedData) {
    inflateDataList.push(inflatedData);
  }

  let reader = new SyncReader(buffer);

  let parser = new Parser(options, {
    read: reader.read.bind(reader),
    error: handleError,
    metadata: handleMetaData,
    gamma: handleGamma,
    palette: handlePalette,
    transColor: handleTransColor,
    inflateData: handleInflateData,
    simpleTransparency: handleSimpleTransparency,
  });

  parser.start();
  reader.process();

  if (err) {
    throw err;
  }

  //join together the inflate datas
  let inflateData = Buffer.concat(inflateDataList);
  inflateDataList.length = 0;

  let inflatedData;
  if (metaData.interlace) {
    inflatedData = zlib.inflateSync(inflateData);
  } else {
    let rowSize =
      ((metaData.width * metaData.bpp * metaData.depth + 7) >> 3) + 1;
    let imageSize = rowSize * metaData.height;
    inflatedData = inflateSync(inflateData, {
      chunkSize: imageSize,
      maxLength: imageSize,
    });
  }
  inflateData = null;

  if (!inflatedData || !inflatedData.length) {
    throw new Error("bad png - invalid inflate data response");
  }

  let unfilteredData = FilterSync.process(inflatedData, metaData);
  inflateData = null;

  let bitmapData = bitmapper.dataToBitMap(unfilteredData, metaData);
  unfilteredData = null;

  let normalisedBitmapData = formatNormaliser(
    bitmapData,
    metaData,
    options.skipRescale
  );

  metaData.data = normalisedBitmapData;
  metaData.gamma = gamma || 0;

  return metaData;
};


/***/ }),

/***/ 609:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let constants = __nccwpck_require__(929);
let CrcCalculator = __nccwpck_require__(918);

let Parser = (module.exports = function (options, dependencies) {
  this._options = options;
  options.checkCRC = options.checkCRC !== false;

  this._hasIHDR = false;
  this._hasIEND = false;
  this._emittedHeadersFinished = false;

  // input flags/metadata
  this._palette = [];
  this._colorType = 0;

  this._chunks = {};
  this._chunks[constants.TYPE_IHDR] = this._handleIHDR.bind(this);
  this._chunks[constants.TYPE_IEND] = this._handleIEND.bind(this);
  this._chunks[constants.TYPE_IDAT] = this._handleIDAT.bind(this);
  this._chunks[constants.TYPE_PLTE] = this._handlePLTE.bind(this);
  this._chunks[constants.TYPE_tRNS] = this._handleTRNS.bind(this);
  this._chunks[constants.TYPE_gAMA] = this._handleGAMA.bind(this);

  this.read = dependencies.read;
  this.error = dependencies.error;
  this.metadata = dependencies.metadata;
  this.gamma = dependencies.gamma;
  this.transColor = dependencies.transColor;
  this.palette = dependencies.palette;
  this.parsed = dependencies.parsed;
  this.inflateData = dependencies.inflateData;
  this.finished = dependencies.finished;
  this.simpleTransparency = dependencies.simpleTransparency;
  this.headersFinished = dependencies.headersFinished || function () {};
});

Parser.prototype.start = function () {
  this.read(constants.PNG_SIGNATURE.length, this._parseSignature.bind(this));
};

Parser.prototype._parseSignature = function (data) {
  let signature = constants.PNG_SIGNATURE;

  for (let i = 0; i < signature.length; i++) {
    if (data[i] !== signature[i]) {
      this.error(new Error("Invalid file signature"));
      return;
    }
  }
  this.read(8, this._parseChunkBegin.bind(this));
};

Parser.prototype._parseChunkBegin = function (data) {
  // chunk content length
  let length = data.readUInt32BE(0);

  // chunk type
  let type = data.readUInt32BE(4);
  let name = "";
  for (let i = 4; i < 8; i++) {
    name += String.fromCharCode(data[i]);
  }

  //console.log('chunk ', name, length);

  // chunk flags
  let ancillary = Boolean(data[4] & 0x20); // or critical
  //    priv = Boolean(data[5] & 0x20), // or public
  //    safeToCopy = Boolean(data[7] & 0x20); // or unsafe

  if (!this._hasIHDR && type !== constants.TYPE_IHDR) {
    this.error(new Error("Expected IHDR on beggining"));
    return;
  }

  this._crc = new CrcCalculator();
  this._crc.write(Buffer.from(name));

  if (this._chunks[type]) {
    return this._chunks[type](length);
  }

  if (!ancillary) {
    this.error(new Error("Unsupported critical chunk type " + name));
    return;
  }

  this.read(length + 4, this._skipChunk.bind(this));
};

Parser.prototype._skipChunk = function (/*data*/) {
  this.read(8, this._parseChunkBegin.bind(this));
};

Parser.prototype._handleChunkEnd = function () {
  this.read(4, this._parseChunkEnd.bind(this));
};

Parser.prototype._parseChunkEnd = function (data) {
  let fileCrc = data.readInt32BE(0);
  let calcCrc = this._crc.crc32();

  // check CRC
  if (this._options.checkCRC && calcCrc !== fileCrc) {
    this.error(new Error("Crc error - " + fileCrc + " - " + calcCrc));
    return;
  }

  if (!this._hasIEND) {
    this.read(8, this._parseChunkBegin.bind(this));
  }
};

Parser.prototype._handleIHDR = function (length) {
  this.read(length, this._parseIHDR.bind(this));
};
Parser.prototype._parseIHDR = function (data) {
  this._crc.write(data);

  let width = data.readUInt32BE(0);
  let height = data.readUInt32BE(4);
  let depth = data[8];
  let colorType = data[9]; // bits: 1 palette, 2 color, 4 alpha
  let compr = data[10];
  let filter = data[11];
  let interlace = data[12];

  // console.log('    width', width, 'height', height,
  //     'depth', depth, 'colorType', colorType,
  //     'compr', compr, 'filter', filter, 'interlace', interlace
  // );

  if (
    depth !== 8 &&
    depth !== 4 &&
    depth !== 2 &&
    depth !== 1 &&
    depth !== 16
  ) {
    this.error(new Error("Unsupported bit depth " + depth));
    return;
  }
  if (!(colorType in constants.COLORTYPE_TO_BPP_MAP)) {
    this.error(new Error("Unsupported color type"));
    return;
  }
  if (compr !== 0) {
    this.error(new Error("Unsupported compression method"));
    return;
  }
  if (filter !== 0) {
    this.error(new Error("Unsupported filter method"));
    return;
  }
  if (interlace !== 0 && interlace !== 1) {
    this.error(new Error("Unsupported interlace method"));
    return;
  }

  this._colorType = colorType;

  let bpp = constants.COLORTYPE_TO_BPP_MAP[this._colorType];

  this._hasIHDR = true;

  this.metadata({
    width: width,
    height: height,
    depth: depth,
    interlace: Boolean(interlace),
    palette: Boolean(colorType & constants.COLORTYPE_PALETTE),
    color: Boolean(colorType & constants.COLORTYPE_COLOR),
    alpha: Boolean(colorType & constants.COLORTYPE_ALPHA),
    bpp: bpp,
    colorType: colorType,
  });

  this._handleChunkEnd();
};

Parser.prototype._handlePLTE = function (length) {
  this.read(length, this._parsePLTE.bind(this));
};
Parser.prototype._parsePLTE = function (data) {
  this._crc.write(data);

  let entries = Math.floor(data.length / 3);
  // console.log('Palette:', entries);

  for (let i = 0; i < entries; i++) {
    this._palette.push([data[i * 3], data[i * 3 + 1], data[i * 3 + 2], 0xff]);
  }

  this.palette(this._palette);

  this._handleChunkEnd();
};

Parser.prototype._handleTRNS = function (length) {
  this.simpleTransparency();
  this.read(length, this._parseTRNS.bind(this));
};
Parser.prototype._parseTRNS = function (data) {
  this._crc.write(data);

  // palette
  if (this._colorType === constants.COLORTYPE_PALETTE_COLOR) {
    if (this._palette.length === 0) {
      this.error(new Error("Transparency chunk must be after palette"));
      return;
    }
    if (data.length > this._palette.length) {
      this.error(new Error("More transparent colors than palette size"));
      return;
    }
    for (let i = 0; i < data.length; i++) {
      this._palette[i][3] = data[i];
    }
    this.palette(this._palette);
  }

  // for colorType 0 (grayscale) and 2 (rgb)
  // there might be one gray/color defined as transparent
  if (this._colorType === constants.COLORTYPE_GRAYSCALE) {
    // grey, 2 bytes
    this.transColor([data.readUInt16BE(0)]);
  }
  if (this._colorType === constants.COLORTYPE_COLOR) {
    this.transColor([
      data.readUInt16BE(0),
      data.readUInt16BE(2),
      data.readUInt16BE(4),
    ]);
  }

  this._handleChunkEnd();
};

Parser.prototype._handleGAMA = function (length) {
  this.read(length, this._parseGAMA.bind(this));
};
Parser.prototype._parseGAMA = function (data) {
  this._crc.write(data);
  this.gamma(data.readUInt32BE(0) / constants.GAMMA_DIVISION);

  this._handleChunkEnd();
};

Parser.prototype._handleIDAT = function (length) {
  if (!this._emittedHeadersFinished) {
    this._emittedHeadersFinished = true;
    this.headersFinished();
  }
  this.read(-length, this._parseIDAT.bind(this, length));
};
Parser.prototype._parseIDAT = function (length, data) {
  this._crc.write(data);

  if (
    this._colorType === constants.COLORTYPE_PALETTE_COLOR &&
    this._palette.length === 0
  ) {
    throw new Error("Expected palette not found");
  }

  this.inflateData(data);
  let leftOverLength = length - data.length;

  if (leftOverLength > 0) {
    this._handleIDAT(leftOverLength);
  } else {
    this._handleChunkEnd();
  }
};

Parser.prototype._handleIEND = function (length) {
  this.read(length, this._parseIEND.bind(this));
};
Parser.prototype._parseIEND = function (data) {
  this._crc.write(data);

  this._hasIEND = true;
  this._handleChunkEnd();

  if (this.finished) {
    this.finished();
  }
};


/***/ }),

/***/ 647:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



let parse = __nccwpck_require__(345);
let pack = __nccwpck_require__(562);

exports.read = function (buffer, options) {
  return parse(buffer, options || {});
};

exports.write = function (png, options) {
  return pack(png, options);
};


/***/ }),

/***/ 359:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



let util = __nccwpck_require__(23);
let Stream = __nccwpck_require__(203);
let Parser = __nccwpck_require__(504);
let Packer = __nccwpck_require__(281);
let PNGSync = __nccwpck_require__(647);

let PNG = (exports.O = function (options) {
  Stream.call(this);

  options = options || {}; // eslint-disable-line no-param-reassign

  // coerce pixel dimensions to integers (also coerces undefined -> 0):
  this.width = options.width | 0;
  this.height = options.height | 0;

  this.data =
    this.width > 0 && this.height > 0
      ? Buffer.alloc(4 * this.width * this.height)
      : null;

  if (options.fill && this.data) {
    this.data.fill(0);
  }

  this.gamma = 0;
  this.readable = this.writable = true;

  this._parser = new Parser(options);

  this._parser.on("error", this.emit.bind(this, "error"));
  this._parser.on("close", this._handleClose.bind(this));
  this._parser.on("metadata", this._metadata.bind(this));
  this._parser.on("gamma", this._gamma.bind(this));
  this._parser.on(
    "parsed",
    function (data) {
      this.data = data;
      this.emit("parsed", data);
    }.bind(this)
  );

  this._packer = new Packer(options);
  this._packer.on("data", this.emit.bind(this, "data"));
  this._packer.on("end", this.emit.bind(this, "end"));
  this._parser.on("close", this._handleClose.bind(this));
  this._packer.on("error", this.emit.bind(this, "error"));
});
util.inherits(PNG, Stream);

PNG.sync = PNGSync;

PNG.prototype.pack = function () {
  if (!this.data || !this.data.length) {
    this.emit("error", "No data provided");
    return this;
  }

  process.nextTick(
    function () {
      this._packer.pack(this.data, this.width, this.height, this.gamma);
    }.bind(this)
  );

  return this;
};

PNG.prototype.parse = function (data, callback) {
  if (callback) {
    let onParsed, onError;

    onParsed = function (parsedData) {
      this.removeListener("error", onError);

      this.data = parsedData;
      callback(null, this);
    }.bind(this);

    onError = function (err) {
      this.removeListener("parsed", onParsed);

      callback(err, null);
    }.bind(this);

    this.once("parsed", onParsed);
    this.once("error", onError);
  }

  this.end(data);
  return this;
};

PNG.prototype.write = function (data) {
  this._parser.write(data);
  return true;
};

PNG.prototype.end = function (data) {
  this._parser.end(data);
};

PNG.prototype._metadata = function (metadata) {
  this.width = metadata.width;
  this.height = metadata.height;

  this.emit("metadata", metadata);
};

PNG.prototype._gamma = function (gamma) {
  this.gamma = gamma;
};

PNG.prototype._handleClose = function () {
  if (!this._parser.writable && !this._packer.readable) {
    this.emit("close");
  }
};

PNG.bitblt = function (src, dst, srcX, srcY, width, height, deltaX, deltaY) {
  // eslint-disable-line max-params
  // coerce pixel dimensions to integers (also coerces undefined -> 0):
  /* eslint-disable no-param-reassign */
  srcX |= 0;
  srcY |= 0;
  width |= 0;
  height |= 0;
  deltaX |= 0;
  deltaY |= 0;
  /* eslint-enable no-param-reassign */

  if (
    srcX > src.width ||
    srcY > src.height ||
    srcX + width > src.width ||
    srcY + height > src.height
  ) {
    throw new Error("bitblt reading outside image");
  }

  if (
    deltaX > dst.width ||
    deltaY > dst.height ||
    deltaX + width > dst.width ||
    deltaY + height > dst.height
  ) {
    throw new Error("bitblt writing outside image");
  }

  for (let y = 0; y < height; y++) {
    src.data.copy(
      dst.data,
      ((deltaY + y) * dst.width + deltaX) << 2,
      ((srcY + y) * src.width + srcX) << 2,
      ((srcY + y) * src.width + srcX + width) << 2
    );
  }
};

PNG.prototype.bitblt = function (
  dst,
  srcX,
  srcY,
  width,
  height,
  deltaX,
  deltaY
) {
  // eslint-disable-line max-params

  PNG.bitblt(this, dst, srcX, srcY, width, height, deltaX, deltaY);
  return this;
};

PNG.adjustGamma = function (src) {
  if (src.gamma) {
    for (let y = 0; y < src.height; y++) {
      for (let x = 0; x < src.width; x++) {
        let idx = (src.width * y + x) << 2;

        for (let i = 0; i < 3; i++) {
          let sample = src.data[idx + i] / 255;
          sample = Math.pow(sample, 1 / 2.2 / src.gamma);
          src.data[idx + i] = Math.round(sample * 255);
        }
      }
    }
    src.gamma = 0;
  }
};

PNG.prototype.adjustGamma = function () {
  PNG.adjustGamma(this);
};


/***/ }),

/***/ 447:
/***/ ((module, exports, __nccwpck_require__) => {



let assert = (__nccwpck_require__(613).ok);
let zlib = __nccwpck_require__(106);
let util = __nccwpck_require__(23);

let kMaxLength = (__nccwpck_require__(181).kMaxLength);

function Inflate(opts) {
  if (!(this instanceof Inflate)) {
    return new Inflate(opts);
  }

  if (opts && opts.chunkSize < zlib.Z_MIN_CHUNK) {
    opts.chunkSize = zlib.Z_MIN_CHUNK;
  }

  zlib.Inflate.call(this, opts);

  // Node 8 --> 9 compatibility check
  this._offset = this._offset === undefined ? this._outOffset : this._offset;
  this._buffer = this._buffer || this._outBuffer;

  if (opts && opts.maxLength != null) {
    this._maxLength = opts.maxLength;
  }
}

function createInflate(opts) {
  return new Inflate(opts);
}

function _close(engine, callback) {
  if (callback) {
    process.nextTick(callback);
  }

  // Caller may invoke .close after a zlib error (which will null _handle).
  if (!engine._handle) {
    return;
  }

  engine._handle.close();
  engine._handle = null;
}

Inflate.prototype._processChunk = function (chunk, flushFlag, asyncCb) {
  if (typeof asyncCb === "function") {
    return zlib.Inflate._processChunk.call(this, chunk, flushFlag, asyncCb);
  }

  let self = this;

  let availInBefore = chunk && chunk.length;
  let availOutBefore = this._chunkSize - this._offset;
  let leftToInflate = this._maxLength;
  let inOff = 0;

  let buffers = [];
  let nread = 0;

  let error;
  this.on("error", function (err) {
    error = err;
  });

  function handleChunk(availInAfter, availOutAfter) {
    if (self._hadError) {
      return;
    }

    let have = availOutBefore - availOutAfter;
    assert(have >= 0, "have should not go down");

    if (have > 0) {
      let out = self._buffer.slice(self._offset, self._offset + have);
      self._offset += have;

      if (out.length > leftToInflate) {
        out = out.slice(0, leftToInflate);
      }

      buffers.push(out);
      nread += out.length;
      leftToInflate -= out.length;

      if (leftToInflate === 0) {
        return false;
      }
    }

    if (availOutAfter === 0 || self._offset >= self._chunkSize) {
      availOutBefore = self._chunkSize;
      self._offset = 0;
      self._buffer = Buffer.allocUnsafe(self._chunkSize);
    }

    if (availOutAfter === 0) {
      inOff += availInBefore - availInAfter;
      availInBefore = availInAfter;

      return true;
    }

    return false;
  }

  assert(this._handle, "zlib binding closed");
  let res;
  do {
    res = this._handle.writeSync(
      flushFlag,
      chunk, // in
      inOff, // in_off
      availInBefore, // in_len
      this._buffer, // out
      this._offset, //out_off
      availOutBefore
    ); // out_len
    // Node 8 --> 9 compatibility check
    res = res || this._writeState;
  } while (!this._hadError && handleChunk(res[0], res[1]));

  if (this._hadError) {
    throw error;
  }

  if (nread >= kMaxLength) {
    _close(this);
    throw new RangeError(
      "Cannot create final Buffer. It would be larger than 0x" +
        kMaxLength.toString(16) +
        " bytes"
    );
  }

  let buf = Buffer.concat(buffers, nread);
  _close(this);

  return buf;
};

util.inherits(Inflate, zlib.Inflate);

function zlibBufferSync(engine, buffer) {
  if (typeof buffer === "string") {
    buffer = Buffer.from(buffer);
  }
  if (!(buffer instanceof Buffer)) {
    throw new TypeError("Not a string or buffer");
  }

  let flushFlag = engine._finishFlushFlag;
  if (flushFlag == null) {
    flushFlag = zlib.Z_FINISH;
  }

  return engine._processChunk(buffer, flushFlag);
}

function inflateSync(buffer, opts) {
  return zlibBufferSync(new Inflate(opts), buffer);
}

module.exports = exports = inflateSync;
exports.Inflate = Inflate;
exports.createInflate = createInflate;
exports.inflateSync = inflateSync;


/***/ }),

/***/ 994:
/***/ ((module) => {



let SyncReader = (module.exports = function (buffer) {
  this._buffer = buffer;
  this._reads = [];
});

SyncReader.prototype.read = function (length, callback) {
  this._reads.push({
    length: Math.abs(length), // if length < 0 then at most this length
    allowLess: length < 0,
    func: callback,
  });
};

SyncReader.prototype.process = function () {
  // as long as there is any data and read requests
  while (this._reads.length > 0 && this._buffer.length) {
    let read = this._reads[0];

    if (
      this._buffer.length &&
      (this._buffer.length >= read.length || read.allowLess)
    ) {
      // ok there is any data so that we can satisfy this request
      this._reads.shift(); // == read

      let buf = this._buffer;

      this._buffer = buf.slice(read.length);

      read.func.call(this, buf.slice(0, read.length));
    } else {
      break;
    }
  }

  if (this._reads.length > 0) {
    throw new Error("There are some read requests waitng on finished stream");
  }

  if (this._buffer.length > 0) {
    throw new Error("unrecognised content at end of stream");
  }
};


/***/ }),

/***/ 613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 23:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 106:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("zlib");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
;// CONCATENATED MODULE: ./build/results/model.js
const captureStatuses = (/* unused pure expression or super */ null && (['unchanged', 'changed', 'added', 'removed', 'captured', 'failed', 'skipped']));
const baselineKinds = (/* unused pure expression or super */ null && (['directory', 'ref', 'artifact', 'url', 'none']));
const judgedByParts = (/* unused pure expression or super */ null && (['rules', 'previews', 'commit', 'baselines']));
/** The pictures of a capture. `aligned`: the difference with both pages laid on each other, where the page moved. */
const pictureKinds = (/* unused pure expression or super */ null && (['actual', 'baseline', 'diff', 'aligned']));
const pageProblemKinds = (/* unused pure expression or super */ null && ([
    'error_status',
    'foreign_redirect',
    'endless_redirect',
    'not_a_page',
    'unreachable',
    'error_page',
    'missing_resource',
    'blank_frame',
    'blank',
]));
/** Most shades that are listed; the others are counted. */
const listedShades = 20;
/** Inputs by which a page is kept from moving, or what moves from counting, the handiest first; not every version has all. */
const steadyingInputs = (/* unused pure expression or super */ null && (['mask', 'hide', 'clock']));
/** Most shifts that are listed; the others are counted. */
const listedShifts = 3;

;// CONCATENATED MODULE: ./build/compare/mask.js
const noSpans = [];
/** The masked pixels of a picture. */
class Mask {
    #bands;
    /** How many pixels are masked, each counted once however many rectangles cover it. */
    pixels;
    /**
     * @param rects in CSS pixels; what lies beyond `size` is cut off
     * @param scale device pixels per CSS pixel; a device pixel that a rectangle covers in part is masked whole
     * @param size of the picture, in device pixels
     */
    constructor(rects, scale, size) {
        this.#bands = bandsOf(rects.map((rect) => toDevicePixels(rect, scale, size)));
        this.pixels = this.#bands.reduce((sum, { top, bottom, spans }) => sum + (bottom - top) * lengthOf(spans), 0);
    }
    /** The masked spans of row `y`. */
    spansAt(y) {
        return this.#bands.find(({ top, bottom }) => y >= top && y < bottom)?.spans ?? noSpans;
    }
}
function toDevicePixels({ x, y, width, height }, scale, size) {
    // 100 × 1.1 is 110.00000000000001: not yet a part of the next pixel.
    const device = (css) => Math.round(css * scale * 1e6) / 1e6;
    return {
        left: clamp(Math.floor(device(x)), size.width),
        top: clamp(Math.floor(device(y)), size.height),
        right: clamp(Math.ceil(device(x + width)), size.width),
        bottom: clamp(Math.ceil(device(y + height)), size.height),
    };
}
function clamp(value, max) {
    return Math.min(Math.max(value, 0), max);
}
/** Cuts the picture at each upper and lower edge; between two cuts every row is masked alike. */
function bandsOf(rects) {
    const cuts = [...new Set(rects.flatMap(({ top, bottom }) => [top, bottom]))].sort((a, b) => a - b);
    return cuts.flatMap((top, index) => {
        const bottom = cuts[index + 1] ?? top;
        const spans = joinSpans(rects.filter((rect) => rect.top <= top && rect.bottom >= bottom));
        return bottom > top && spans.length > 0 ? [{ top, bottom, spans }] : [];
    });
}
function joinSpans(rects) {
    const joined = [];
    for (const { left, right } of [...rects].sort((a, b) => a.left - b.left)) {
        const last = joined.at(-1);
        if (last !== undefined && left <= last.end) {
            joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, right) };
        }
        else if (right > left) {
            joined.push({ start: left, end: right });
        }
    }
    return joined;
}
/** How many pixels disjoint spans cover. */
function lengthOf(spans) {
    return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}
/** What disjoint, ordered spans leave of the pixels from `start` to `end`. */
function outside(spans, { start, end }) {
    const left = [];
    let from = start;
    for (const span of spans) {
        const to = Math.min(span.start, end);
        if (to > from) {
            left.push({ start: from, end: to });
        }
        from = Math.max(from, span.end);
    }
    if (end > from) {
        left.push({ start: from, end });
    }
    return left;
}

;// CONCATENATED MODULE: ./build/compare/regions.js
/** Most regions of one comparison: a person looks at a few, and a report must stay small. */
const maxRegions = 64;
/** Side of the finest cells in device pixels, about a line of text: closer differences are one to the eye. */
const cellSide = 16;
/**
 * Groups differing pixels to regions in one pass. Each pixel falls into a cell of a grid; cells that touch, corners
 * included, make one region, and so do regions whose boxes overlap. Where that makes more than `maxRegions`, the cells
 * are doubled in size until it does not: regions are joined, none is dropped.
 *
 * Regions are disjoint, as tight as their pixels allow, and their pixels add up to all that were added.
 */
class RegionFinder {
    #grid;
    /** @param width of the picture, in pixels */
    constructor(width) {
        this.#grid = new Grid(width, cellSide);
    }
    /** Adds the differing pixels `start` to `end` (excluded) of row `y`. No pixel may be added twice. */
    addRun(y, start, end) {
        for (let left = start; left < end;) {
            const right = Math.min(end, left - (left % cellSide) + cellSide);
            this.#grid.extend(left, y, right, y + 1, right - left);
            left = right;
        }
    }
    /** Adds the differing pixels of row `y`: a bit for each pixel, the lowest of a byte first. No pixel may be added twice. */
    addBits(y, bits) {
        for (let at = 0; at < bits.length; at += cellSide / 8) {
            const cell = bits[at] | ((bits[at + 1] ?? 0) << 8);
            if (cell === 0) {
                continue;
            }
            const left = 8 * at + trailingZeros(cell);
            this.#grid.extend(left, y, 8 * at + 32 - Math.clz32(cell), y + 1, countBits(cell));
        }
    }
    /** The regions, the one with the most differing pixels first, equal ones from top to bottom. */
    regions() {
        let grid = this.#grid;
        let boxes = grid.joinTouching();
        while (boxes.length > maxRegions) {
            grid = grid.coarser();
            boxes = grid.joinTouching();
        }
        return joinOverlapping(boxes)
            .map(({ left, top, right, bottom, pixels }) => ({
            x: left,
            y: top,
            width: right - left,
            height: bottom - top,
            diffPixels: pixels,
        }))
            .sort((a, b) => b.diffPixels - a.diffPixels || a.y - b.y || a.x - b.x);
    }
}
function trailingZeros(bits) {
    return 31 - Math.clz32(bits & -bits);
}
/** How many bits of a row are set. */
function countBitsOf(row) {
    return row.reduce((sum, byte) => sum + countBits(byte), 0);
}
/** Of 16 bits, adding neighbouring ones, then pairs, and so on. */
function countBits(bits) {
    const pairs = bits - ((bits >> 1) & 0x5555);
    const fours = (pairs & 0x3333) + ((pairs >> 2) & 0x3333);
    const eights = (fours + (fours >> 4)) & 0x0f0f;
    return (eights + (eights >> 8)) & 0x1f;
}
/** What a row of cells holds, five numbers for each: the box around its differing pixels and their number, all 0 when none. */
const numbersPerCell = 5;
/** Square cells, their rows made when a pixel falls into them. Flat numbers, as a page that differs all over has 100,000 cells. */
class Grid {
    #width;
    #side;
    #columns;
    #rows = [];
    constructor(width, side) {
        this.#width = width;
        this.#side = side;
        this.#columns = Math.ceil(width / side);
    }
    /** Adds a box with its pixels to the cell that it lies in. */
    extend(left, top, right, bottom, pixels) {
        const row = Math.floor(top / this.#side);
        this.#rows[row] ??= new Int32Array(this.#columns * numbersPerCell);
        const cells = this.#rows[row];
        const at = Math.floor(left / this.#side) * numbersPerCell;
        const isNew = cells[at + 4] === 0;
        cells[at] = isNew ? left : Math.min(cells[at], left);
        cells[at + 1] = isNew ? top : Math.min(cells[at + 1], top);
        cells[at + 2] = Math.max(cells[at + 2], right);
        cells[at + 3] = Math.max(cells[at + 3], bottom);
        cells[at + 4] = cells[at + 4] + pixels;
    }
    /** The same pixels in cells of twice the side. */
    coarser() {
        const grid = new Grid(this.#width, this.#side * 2);
        this.#forEachCell((row, column) => {
            const { left, top, right, bottom, pixels } = this.#boxAt(row, column);
            grid.extend(left, top, right, bottom, pixels);
        });
        return grid;
    }
    /** One box for each group of cells that touch. */
    joinTouching() {
        const boxes = [];
        const joined = this.#rows.map((cells) => cells && new Uint8Array(this.#columns));
        const queue = [];
        const join = (box, row, column) => {
            if (joined[row]?.[column] !== 0 || !this.#isTaken(row, column)) {
                return;
            }
            joined[row][column] = 1;
            extend(box, this.#boxAt(row, column));
            queue.push(row, column);
        };
        this.#forEachCell((firstRow, firstColumn) => {
            if (joined[firstRow]?.[firstColumn] !== 0) {
                return;
            }
            const box = { left: Infinity, top: Infinity, right: 0, bottom: 0, pixels: 0 };
            join(box, firstRow, firstColumn);
            while (queue.length > 0) {
                const [row, column] = queue.splice(-2);
                for (const dy of [-1, 0, 1]) {
                    for (const dx of [-1, 0, 1]) {
                        join(box, row + dy, column + dx);
                    }
                }
            }
            boxes.push(box);
        });
        return boxes;
    }
    #forEachCell(use) {
        for (let row = 0; row < this.#rows.length; row++) {
            if (this.#rows[row] === undefined) {
                continue;
            }
            for (let column = 0; column < this.#columns; column++) {
                if (this.#isTaken(row, column)) {
                    use(row, column);
                }
            }
        }
    }
    #isTaken(row, column) {
        return (this.#rows[row]?.[column * numbersPerCell + 4] ?? 0) > 0;
    }
    #boxAt(row, column) {
        const at = column * numbersPerCell;
        const [left = 0, top = 0, right = 0, bottom = 0, pixels = 0] = this.#rows[row]?.subarray(at, at + numbersPerCell) ?? [];
        return { left, top, right, bottom, pixels };
    }
}
function extend(box, by) {
    box.left = Math.min(box.left, by.left);
    box.top = Math.min(box.top, by.top);
    box.right = Math.max(box.right, by.right);
    box.bottom = Math.max(box.bottom, by.bottom);
    box.pixels += by.pixels;
}
function joinOverlapping(boxes) {
    const disjoint = [];
    for (const box of boxes) {
        // A box that grew may overlap one it did not overlap before, so look again until none does.
        for (let index = overlapping(disjoint, box); index >= 0; index = overlapping(disjoint, box)) {
            for (const other of disjoint.splice(index, 1)) {
                extend(box, other);
            }
        }
        disjoint.push(box);
    }
    return disjoint;
}
function overlapping(boxes, { left, top, right, bottom }) {
    return boxes.findIndex((box) => box.left < right && left < box.right && box.top < bottom && top < box.bottom);
}

;// CONCATENATED MODULE: ./build/compare/kernel/wasm.generated.js
// Written by src/kernel/build.ts from src/kernel/assembly. Do not edit.
/** SHA-256 of the sources. */
const kernelSources = '5ae792aafddc285b806d187fa17604efdc8ff5aaee95b74f700587df4e476702';
/** The WebAssembly module in base64. */
const kernelWasm = 'AGFzbQEAAAABRQtgA39/fwBgAX8Bf2AFf39/f38AYAR/f39/AGAEf39/fwF/YAV/f39/fwF/YAAAYAJ/fwF/YAN/f38Bf2ACf34AYAABfwMTEgUGAgcIAAADCQEBAQoEBAMAAgUDAQABBgYBfwFBAAsHxgEPCGhlYXBCYXNlAwANZXhwYW5kSW5kZXhlZAARDXVuZmlsdGVyQnl0ZXMAEAlnaXZlSW5wdXQADwdpbmZsYXRlAA4NaW5mbGF0ZXJCeXRlcwAMDWluZmxhdGVyU3RhdGUACwluZXh0SW5wdXQACg5zdGFydEluZmxhdGluZwAHC3BhY2tJbmRleGVzAAYIc2hhZGVSb3cABQhhcmVFcXVhbAAECWFyZU9wYXF1ZQADC3VuZmlsdGVyUm93AAIGbWVtb3J5AgAIAQEKmC0SqwgBC39BgAhBAEHAAPwLAANAIAQgBksEQCADIAZqLQAAQQJ0QYAIaiIFIAUoAgBBAWo2AgAgBkEBaiEGDAELC0EBIQlBASEGAn8DQCAGQQ9NBEBBfyAJQQF0IAZBAnRBgAhqKAIAayIJQQBIDQIaIAZBAWohBgwBCwsgCQshBUEPIQYDQCAGBH8gBkECdEGACGooAgAFQQELRQRAIAZBAWshBgwBCwsgBiEIIAVBAEgEf0EBBSACRSAIQQFLciAFQQBKcQsEQEEADwsgBUEASgRAQQEgAXQhCUGBIEGBoAEgAkEBRxshBUEAIQYDQCAGIAlJBEAgACAGQQJ0aiAFNgIAIAZBAWohBgwBCwsLQQEhBgNAIAZBD00EQCAGQQJ0IgVBwAhqIAc2AgAgByAFQYAIaigCAGohByAGQQFqIQYMAQsLQQAhBgNAIAQgBksEQCADIAZqLQAAIgUEQCAFQQJ0QcAIaiIFKAIAQQF0QYAJaiAGOwEAIAUgBSgCAEEBajYCAAsgBkEBaiEGDAELC0EAIQRBASABdCEFQX8hCUEBIQMDQCADIAhNBEAgA0ECdEGACGooAgAhDwNAIA8EQAJ/IA5BAXRBgAlqLwEAIgZBEHQgAkUNABogAkECRgRAIAZBHkkEfyAGQQRJBH8gBkEBakEQdAUgBkEBcUECaiAGQQF2QQFrIgZ0QQFqQRB0IAZBCHRyCwVBgCBBgKABIAJBAUcbCwwBCyAGQRB0QYCAAnIgBkGAAkkNABpBgIABIAZBgAJGDQAaQYCAiAggBkGdAkYNABogBkGdAkkEfyAGQYECayIHQQNqQRB0IQYgB0EITwR/IAdBA3FBBGogB0ECdkEBayIGdEEDakEQdCAGQQh0cgUgBgsFQYAgQYCgASACQQFHGwsLIQ1BACEHQQAhBgNAIAMgBksEQCAHIAQgBnZBAXEgA0EBayAGa3RyIQcgBkEBaiEGDAELCyAHIQYCQCABIANPBEBBASADdCELQQEgAXQhCiADIA1yIQcDQCAGIApJBEAgACAGQQJ0aiAHNgIAIAYgC2ohBgwBCwsMAQsgCSAGQQEgAXRBAWtxIgdHBEAgByEJQQEgAyABayILdCAPayEKA0AgASALaiAISSAKQQBKcQRAIApBAXQgC0EBaiILIAFqQQJ0QYAIaigCAGshCgwBCwsgACAHQQJ0aiAFQRB0QYDAAHIgC0EIdHI2AgAgBUEBIAt0aiEFCyAAIAAgB0ECdGooAgAiB0EQdkECdGohDEEBIAMgAWt0IQtBASAHQQh2QQ9xdCEKIAMgDXIhByAGIAF2IQYDQCAGIApJBEAgDCAGQQJ0aiAHNgIAIAYgC2ohBgwBCwsLIA9BAWshDyAEQQFqIQQgDkEBaiEODAELCyADQQFqIQMgBEEBdCEEDAELC0EBCwcAQcAQJAAL4wQCBnsBfyAAQQFqIQsgBCACQQJ0aiEC/QwAAAD/AAAA/wAAAP8AAAD//QwAAAAAAAAAAAAAAAAAAAAAIAFBA0YbIQkgAC0AACIABEAgAEEBRgRAA0AgAiAESwRAIAQgBiAL/VwCAP1uIgYgCf1Q/VoCAAAgBEEEaiEEIAEgC2ohCwwBCwsFIABBAkYEQP0MAAEC/wMEBf8GBwj/CQoL//0MAAECAwQFBgcICQoLDA0ODyABQQNGGyEFA0AgAiAESwRAIAQgC/0ABAAgBf0OIAP9AAQA/W4gCf1Q/QsEACAEQRBqIQQgA0EQaiEDIAsgAUECdGohCwwBCwsFIABBA0YEQANAIAIgBEsEQCAEIAYgA/1cAgAiBf17IAYgBf1R/QwBAQEBAQEBAQEBAQEBAQEB/U79cSAL/VwCAP1uIgYgCf1Q/VoCAAAgBEEEaiEEIANBBGohAyABIAtqIQsMAQsLBQNAIAIgBEsEQCAGIAb9jgEgBv2OASAD/VwCAP2JASIF/ZEBIAr9kQEhCCAGIAogBf2WASIHIAogBf2YASIGIAj9Mf1SIAYgCCAH/TH9UiAL/VwCAP2JAf2OAf0M/wD/AP8A/wD/AP8A/wD/AP1OIQogBSEGIAQgCiAK/WYgCf1Q/VoCAAAgBEEEaiEEIANBBGohAyABIAtqIQsMAQsLCwsLBf0MAAEC/wMEBf8GBwj/CQoL//0MAAECAwQFBgcICQoLDA0ODyABQQNGGyEFA0AgAiAESwRAIAQgC/0ABAAgBf0OIAn9UP0LBAAgBEEQaiEEIAsgAUECdGohCwwBCwsLC4gBAgF7AX/9DP////////////////////8hAiAAIAFBAnRqIQMDQCAAQRBqIgEgA00EQCACIAD9AAQA/U4hAiABIQAMAQsLA0AgACADSQRAIAIgAP0JAgD9TiECIABBBGohAAwBCwsgAv0M//////////////////////0j/WRBiJECcUGIkQJGC18BAX8gACACQXBxaiEDA0AgACADSQRAIAD9AAQAIAH9AAQA/VH9UwRAQQAPCyAAQRBqIQAgAUEQaiEBDAELC0EBIAJBD3F0QQFrIAD9AAQAIAH9AAQA/SP9ZEF/c3FFC4YCAQF7IAEgAmohAQNAIAEgAksEQCAC/QwHAAAABwAAAAcAAAAHAAAA/Qz/AAAA/wAAAP8AAAD/AAAAIAD9AAQAIgP9DP8A/wD/AP8A/wD/AP8A/wD9Tv0MTQAdAE0AHQBNAB0ATQAdAP26ASADQQj9rQH9DP8AAAD/AAAA/wAAAP8AAAD9Tv0MlgAAAJYAAACWAAAAlgAAAP26Af2uAUEI/a0B/bEBIANBGP2tAf26Af0MABgAAAAYAAAAGAAAABgAAP2uAUEN/a0B/QwHAAAABwAAAAcAAAAHAAAA/bYB/bEBIgMgA/2FASIDIAP9Zv1aAgAAIAJBBGohAiAAQRBqIQAMAQsLC3EBAXsgACABaiEBA0AgACABSQRAIAIgAP0ABAAiA/0MDwAPAA8ADwAPAA8ADwAPAP1OQQT9iwEgA0EI/Y0B/QwPAA8ADwAPAA8ADwAPAA8A/U79UCIDIAP9Zv1bAwAAIABBEGohACACQQhqIQIMAQsLC60BAQN/IABBBEEAQQUgAS0AASIGQSBxRSABLQAAIgVBD3FBCEYiBARAIAVBBHZBB00hBAsgBARAIAVBCHQgBnJBH3BFIQQLIAQgBBsbIAIgAWtBAkkbNgIAIABCADcDECAAQQA2AhggAEEAOgAcIABBATYCJCAAQQA6ACggAEEANgIsIABCADcDMCAAIAFBAmo2AgQgACACNgIIIAAgAkEIaiACQYAIayADGzYCDAvjAwEBfyAALQAcBEAgAEEDNgIADwsgACAAKAIsQQFqNgIsIAAoAiwgAUIGiKdBgIAQaksEQCAAQQs2AgAPCyAAKAIEIgIgACgCCEEIak0EQCAAIAApAxAgAikDACAANQIYhoQ3AxAgACAAKAIEQT8gACgCGGtBA3ZqNgIEIAAgACgCGEE4cjYCGAsgACAAKQMQIgFCAYg3AxAgACAAKAIYQQFrNgIYIAAgAadBAXE6ABwgACkDEKdBA3EhAiAAIAApAxBCAog3AxAgACAAKAIYQQJrNgIYIAIEQCACQQFGBEAgAC0AKEUEQCAAQQE6AChBgA5BCEGQAfwLAEGQD0EJQfAA/AsAQYAQQQdBGPwLAEGYEEKIkKDAgIGChAg3AAAgAEFAa0ELQQFBgA5BoAIQABpBgA5BBUEg/AsAIABB2MkAakEIQQJBgA5BIBAAGgsgAEECNgIABSACQQJGBEAgACAAEAk2AgAFIABBBjYCAAsLBSAAIAAoAgQgACgCGEEDdms2AgQgAEIANwMQIABBADYCGCAAIAAoAgggACgCBEEEakkEf0EEBSAAIAAoAgQvAQA2AiAgACgCBC8BAiECIAAgACgCBEEEajYCBEEBQQYgAiAAKAIgc0H//wNGGws2AgALC9AGAgd/AX4gACAAKQMQIghCBYg3AxAgACAAKAIYQQVrNgIYIAApAxCnQR9xIAAgACkDEEIFiDcDECAAIAAoAhhBBWs2AhggACkDEKdBD3EhBSAAIAApAxBCBIg3AxAgACAAKAIYQQRrNgIYQQFqIgRBHksgCKdBH3FBgQJqIgNBngJLcgRAQQcPCyAFQQRqIQIgAEEAOgAoQYAOQQBBE/wLAANAIAEgAkkEQCAAKAIEIgUgACgCCEEIak0EQCAAIAApAxAgBSkDACAANQIYhoQ3AxAgACAAKAIEQT8gACgCGGtBA3ZqNgIEIAAgACgCGEE4cjYCGAsgACkDECIIp0EHcSEFIAAgCEIDiDcDECAAIAAoAhhBA2s2AhgCfyABQRBqIAFBA0kNABpBACABQQNGDQAaQQcgAUEEa0EBdiIGayAGQQhqIAFBAXEbC0GADmogBToAACABQQFqIQEMAQsLIABBQGtBB0EAQYAOQRMQAEUEQEEHDwsCfyAAIgJBQGshBSADIARqIQZBACEBA0AgASAGSQRAIAIoAgQiACACKAIIQQhqTQRAIAIgAikDECAAKQMAIAI1AhiGhDcDECACIAIoAgRBPyACKAIYa0EDdmo2AgQgAiACKAIYQThyNgIYCyAFIAIpAxAiCKdB/wBxQQJ0aigCACIAQf8BcSEHIAIgCCAHrYg3AxAgAiACKAIYIAdrNgIYIABBEHYiB0EQSQRAIAEiAEEBaiEBIABBgA5qIAc6AAAMAgtBACAHQRBGIgAgAUVxDQIaIAAEfyABQf8Nai0AAAVBAAshAEEAIAdBEEYEfyACIAIpAxAiCEICiDcDECACIAIoAhhBAms2AhggCKdBA3FBA2oFIAdBEUYEfyACIAIpAxAiCEIDiDcDECACIAIoAhhBA2s2AhggCKdBB3FBA2oFIAIgAikDECIIQgeINwMQIAIgAigCGEEHazYCGCAIp0H/AHFBC2oLCyIHIAFqIAZLDQIaIAFBgA5qIAAgB/wLACABIAdqIQEMAQsLQQELRQRAQQcPC0GAEC0AAEEARyIABEAgAkFAa0ELQQFBgA4gAxAAIQALQQJBByAABH8gAkHYyQBqQQhBAiADQYAOaiAEEAAFIAALGws9ACAAIAAoAgQgACgCGEEDdms2AgQgACAAKAIYQQdxNgIYIAAgACkDEEIBIAA1AhiGQgF9gzcDECAAKAIECwcAIAAoAgALBgBBoNYAC+cFAwt/AX4BeyAAQUBrIQkgAEHYyQBqIQogACgCDCELIAApAxAhDyAAKAIYIQYgACgCBCEIA0AgASACSSAIIAtNcQRAAkAgDyAIKQMAIAathoQhDyAIQT8gBmtBA3ZqIQwgBkE4ciEGIAkgD6dB/w9xQQJ0aigCACEFQQMhBwNAIAVBgIACcUEAIAdBAEobBEAgBiAFQf8BcSIIayEGIAEiBEEBaiEBIAQgBUEQdjoAACAJIA8gCK2IIg+nQf8PcUECdGooAgAhBSAHQQFrIQcMAQsLIAxBPyAGa0EDdmohCCAGQThyIA8gDCkDACAGrYaEIg8gBUGAwABxBEAgCSAPQguIp0EBIAVBCHZBD3F0QQFrcSAFQRB2akECdGooAgAhBQsgBUH/AXEiBq2IIQ8gBmshBiAFQYCAAnEEQCABIgRBAWohASAEIAVBEHY6AAAMAwsgBUGAgAFxBEAgAEEIQQAgBUGAIHEbNgIADAELIA+nQQEgBUEIdkEPcSIMdEEBa3EgBUEQdmohDSAKIA8gDK2IIg+nQf8BcUECdGooAgAiBEGAwABxBEAgCiAPQgiIp0EBIARBCHZBD3F0QQFrcSAEQRB2akECdGooAgAhBAsgDyAEQf8BcSIFrYgiD6dBASAEQQh2QQ9xIg50QQFrcSAEQRB2aiEHIA8gDq2IIQ8gBiAMayAFayAOayEGIAdBAWsgASADa08EQCAAQQhBCSAEQYAgcRs2AgAMAQsgDSABIgRqIQwgBCAHayEFAkAgB0EBRgRAIAUtAAD9DyEQA0AgBCAMSQRAIAQgEP0LBAAgBEEQaiEEDAELCwwBCwNAIAQgDEkgB0EQSXEEQCAEIAX9AAQA/QsEACAEIAdqIQQgB0EBdCEHDAELCwNAIAQgDEkEQCAEIAX9AAQA/QsEACAEQRBqIQQgBUEQaiEFDAELCwsgASANaiEBDAILCwsgACAPNwMQIAAgBjYCGCAAIAg2AgQgAQuqBgIDfwR7IAEhBANAIAAoAgBBA0ggASACSXEEfyAAKAIEIAAoAgxNBUEACwRAIAAoAgAiBQRAIAVBAUYEfyAAKAIgIgUgAiABayIGIAUgBkkbIgUgACgCCCAAKAIEayIGIAUgBkkbIgUEf0EABSAAKAIgCwRAIABBBDYCAAsgASAAKAIEIAX8CgAAIAAgBSAAKAIEajYCBCAAIAAoAiAgBWs2AiAgACgCIEUEQCAAQQA2AgALIAEgBWoFIAAgASACIAMQDQshAQUgACAAKQMwIAEgBGutfBAICyAAKAIAQQNIBH8gACgCCCAAKAIEIAAoAhhBA3ZrSQVBAAsEQCAAQQQ2AgALDAELCyAAIAApAzAgASAEa618NwMwIAAoAiQiA0H//wNxIQIgA0EQdiEDA0AgBEEQaiABTQRAIARBoCsgASAEa0FwcSIFIAVBoCtLG2oiBSAEa0EEdiEG/QwAAAAAAAAAAAAAAAAAAAAAIQf9DAAAAAAAAAAAAAAAAAAAAAAhCP0MAAAAAAAAAAAAAAAAAAAAACEJA0AgBCAFSQRAIAkgB/2uASEJIAcgBP0ABAAiCv19/X/9rgEhByAIIAr9iQH9DBAADwAOAA0ADAALAAoACQD9ugEgCv2KAf0MCAAHAAYABQAEAAMAAgABAP26Af2uAf2uASEIIARBEGohBAwBCwsgCP0bACAI/RsBaiAI/RsCaiAI/RsDaiADIAIgBmxBBHRB8f8DcGogCf0bACAJ/RsBaiAJ/RsCaiAJ/RsDakHx/wNwQQR0ampB8f8DcCEDIAIgB/0bACAH/RsBaiAH/RsCaiAH/RsDampB8f8DcCECDAELCwNAIAEgBEsEQCADIAIgBC0AAGoiAmohAyAEQQFqIQQMAQsLIAAgAkHx/wNwIANB8f8DcEEQdHI2AiQgACgCAEEDRgRAIAAgACgCBCAAKAIYQQN2azYCBCAAQgA3AxAgAEEANgIYIAAoAgggACgCBEEEakkEQCAAQQQ2AgAFIAAoAiQgACgCBCgCACICQYD+g3hxQQh3IAJB/4H8B3FBCHhyRwRAIABBCjYCAAsLCyABCyMAIAAgATYCBCAAIAI2AgggACACQQhqIAJBgAhrIAMbNgIMC9UBAQh/IAAtAAAiBUUEQA8LIABBAWoiACABaiEGIAAhAQNAIAEgBkkEQCABLQAAIQcgAkEBaiICLQAAIQAgAQJ/IAQgBUEBRg0AGiAAIAVBAkYNABogACAEaiIIQQF1IAVBA0YNABogBCAIIANBAXRrIghBH3UiCSAIIAlqcyIKIAAgA2siCEEfdSIJIAggCWpzIghOIAQgA2siCUEfdSIEIAQgCWpzIgQgCE5xDQAaIAAgAyAEIApMGwsgB2pB/wFxIgQ6AAAgACEDIAFBAWohAQwBCwsLVQEDf0EBIAF0QQFrIQYDQCACIAVLBEAgBCAFQQJ0aiADIAAgASAFbCIHQQN2ai0AAEEIIAFrIAdBB3FrdiAGcUECdGooAgA2AgAgBUEBaiEFDAELCws=';

;// CONCATENATED MODULE: ./build/compare/kernel/kernel.js

const wasmPageBytes = 65_536;
/** The kernel reads and writes up to so many bytes behind what it is given. */
const spareBytes = 32;
/** A kernel whose memory grew beyond this, for a file of exceptional size, is not kept for the next use. */
const keptBytes = 64 * 1024 * 1024;
const idle = [];
/**
 * An instance of the compiled kernel with a memory of its own, in which whoever borrowed it reserves buffers. To be used for
 * one thing at a time: `using kernel = Kernel.borrow()`.
 */
class Kernel {
    call;
    #memory;
    #heapBase;
    #bytes;
    #reservedEnd;
    constructor() {
        const module = new WebAssembly.Module(Buffer.from(kernelWasm, 'base64'));
        const exports = new WebAssembly.Instance(module).exports;
        this.call = exports;
        this.#memory = exports.memory;
        this.#bytes = new Uint8Array(this.#memory.buffer);
        this.#heapBase = exports.heapBase.value;
        this.#reservedEnd = this.#heapBase;
    }
    /** A kernel with nothing reserved; one that was used before where there is one, as its code is optimised by then. */
    static borrow() {
        const kernel = idle.pop() ?? new Kernel();
        kernel.#reservedEnd = kernel.#heapBase;
        return kernel;
    }
    /** Gives it back; its buffers are lost. */
    [Symbol.dispose]() {
        if (this.#bytes.length <= keptBytes) {
            idle.push(this);
        }
    }
    /** A buffer of so many bytes, of any contents, until the kernel is given back. */
    reserve(bytes) {
        const at = this.#reservedEnd;
        this.#reservedEnd = Math.ceil((at + bytes + spareBytes) / 16) * 16;
        const missing = this.#reservedEnd - this.#bytes.length;
        if (missing > 0) {
            this.#memory.grow(Math.ceil(missing / wasmPageBytes));
            this.#bytes = new Uint8Array(this.#memory.buffer);
        }
        return at;
    }
    /** The bytes at an address, to read and write until something else is reserved. */
    view(at, bytes) {
        return this.#bytes.subarray(at, at + bytes);
    }
    /** Copies bytes within the memory; the two places may overlap. */
    copy(to, from, bytes) {
        this.#bytes.copyWithin(to, from, from + bytes);
    }
    write(to, bytes) {
        this.#bytes.set(bytes, to);
    }
    fill(at, bytes, value) {
        this.#bytes.fill(value, at, at + bytes);
    }
}

;// CONCATENATED MODULE: ./build/compare/unreadable.js
/**
 * A picture that cannot be used, with the reason as a clause about "it" that names no file, e.g. "it ends within
 * chunk IDAT at byte 1234". Thrown by whatever reads pictures; `compare` and `inspect` turn it into a value.
 */
class UnreadablePicture extends Error {
    name = 'UnreadablePicture';
}
/** Which of two pictures. */
const sides = ['baseline', 'actual'];
/** An UnreadablePicture that knows which of the two it is. */
class UnreadableFile extends Error {
    which;
    constructor(which, { message }) {
        super(message);
        this.which = which;
    }
}
/** Does what reads one of two pictures, so that what it throws names that one. */
function naming(which, work) {
    try {
        return work();
    }
    catch (error) {
        throw error instanceof UnreadablePicture ? new UnreadableFile(which, error) : error;
    }
}

;// CONCATENATED MODULE: ./build/compare/limits.js

/**
 * What a picture may be, checked before anything is allocated for its pixels. Ten times beyond the longest pages that
 * Chrome captures in one piece, and low enough that no file can exhaust a runner's memory.
 */
const pictureLimits = {
    /** Of the file. A 1280×30000 page is 1 to 10 MB. */
    fileBytes: 128 * 1024 * 1024,
    /** Of a PNG, whatever is in them: more than one for each row of the tallest picture. */
    chunks: 250_000,
    /** Of a JPEG. */
    segments: 65_536,
    /** Width or height, so that a few rows always fit into memory. */
    sidePx: 65_535,
    /** Width × height of a picture that is read row by row. */
    pixels: 400_000_000,
    /** Width × height of a picture that must be held whole (see decode.ts), 4 bytes a pixel. */
    pixelsHeldWhole: 40_000_000,
    /** Deflate expands one byte to at most 1,032: more pixels than that cannot be in the file (RFC 1951: 258 bytes in 2 bits). */
    deflateRatio: 1032,
};
/** @throws UnreadablePicture when a file is too large to be a picture, so that it need not be read. */
function checkFileSize(sizeBytes) {
    if (sizeBytes > pictureLimits.fileBytes) {
        throw new UnreadablePicture(`its ${count(sizeBytes)} bytes are above the limit of ${count(pictureLimits.fileBytes)}`);
    }
}
/** @throws UnreadablePicture when the size is none or above the limits. */
function checkSize({ width, height }) {
    if (width === 0 || height === 0) {
        throw new UnreadablePicture(`it declares a size of ${width}×${height}`);
    }
    const { sidePx, pixels } = pictureLimits;
    if (width > sidePx || height > sidePx || width * height > pixels) {
        throw new UnreadablePicture(`its size of ${width}×${height} is above the limits of ${count(sidePx)} pixels a side and ${count(pixels)} in all`);
    }
}
/** @throws UnreadablePicture when a picture that must be held whole is too large for that. */
function checkHeldWhole({ width, height }) {
    const { pixelsHeldWhole } = pictureLimits;
    if (width * height <= pixelsHeldWhole) {
        return;
    }
    throw new UnreadablePicture(`its size of ${width}×${height} is above the limit of ${count(pixelsHeldWhole)} pixels for PNGs of its kind; save it as 8-bit RGB without interlacing`);
}
/** @throws UnreadablePicture when so few compressed bytes cannot hold so much data. */
function checkDeflateRatio(compressedBytes, declaredBytes) {
    if (declaredBytes <= compressedBytes * pictureLimits.deflateRatio) {
        return;
    }
    throw new UnreadablePicture(`its ${count(compressedBytes)} bytes of picture data cannot hold the size that it declares`);
}
/** Rows are worked on in slabs of about this size, so that they stay in the processor's cache. */
const slabBytes = 256 * 1024;
/** How many rows of `stride` bytes make a slab, at least one. */
function rowsWithin(stride, bytes = slabBytes) {
    return Math.max(1, Math.floor(bytes / stride));
}
function count(value) {
    return value.toLocaleString('en-US');
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./build/system/sha256.js

/** SHA-256 in hexadecimal digits. */
function sha256_sha256(bytes) {
    return createHash('sha256').update(bytes).digest('hex');
}

;// CONCATENATED MODULE: ./build/git/lfs/pointer.js

/** Larger files are no pointers (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
const maxPointerBytes = 1024;
function describeObject(bytes) {
    return { sha256: sha256(bytes), sizeBytes: bytes.length };
}
/** What is committed in place of the content. */
function renderPointer({ sha256, sizeBytes }) {
    return `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${sizeBytes}\n`;
}
/** Reads a committed file; undefined: it is no pointer. */
function parsePointer(bytes) {
    if (bytes.length > maxPointerBytes) {
        return undefined;
    }
    const text = new TextDecoder().decode(bytes);
    const oid = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
    const size = /^size (\d{1,15})$/m.exec(text)?.[1];
    const isPointer = text.startsWith('version https://git-lfs.github.com/spec/') && oid !== undefined && size !== undefined;
    return isPointer ? { sha256: oid, sizeBytes: Number(size) } : undefined;
}
/** The hash of the content that a file stands for, which it is itself or in place of which it is a pointer. */
function hashContent(bytes) {
    return (parsePointer(bytes) ?? describeObject(bytes)).sha256;
}

;// CONCATENATED MODULE: ./build/compare/formats.js

/** So much of a file tells its format. */
const formatStartBytes = 1024;
/** Of each of these boxes the brand behind it tells what the file holds (ISO 14496-12). */
const ofBrand = (...brands) => (start) => textAt(start, 4, 4) === 'ftyp' && brands.includes(textAt(start, 8, 4));
const startsWith = (...signatures) => (start) => signatures.some((signature) => textAt(start, 0, signature.length) === signature);
const png = {
    name: 'a PNG',
    isPicture: true,
    extensions: ['png'],
    matches: startsWith('\x89PNG\r\n\x1a\n'),
};
/** The only table of formats: for messages about files that are no PNG, and for pictures that folders hold beside PNGs. */
const formats = [
    png,
    { name: 'a JPEG', isPicture: true, extensions: ['jpg', 'jpeg', 'jpe', 'jfif'], matches: startsWith('\xff\xd8\xff') },
    { name: 'a GIF', isPicture: true, extensions: ['gif'], matches: startsWith('GIF87a', 'GIF89a') },
    {
        name: 'a WebP',
        isPicture: true,
        extensions: ['webp'],
        matches: (start) => textAt(start, 0, 4) === 'RIFF' && textAt(start, 8, 4) === 'WEBP',
    },
    { name: 'an AVIF', isPicture: true, extensions: ['avif', 'avifs'], matches: ofBrand('avif', 'avis') },
    {
        name: 'a HEIF',
        isPicture: true,
        extensions: ['heic', 'heif'],
        matches: ofBrand('heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'),
    },
    { name: 'a JPEG XL', isPicture: true, extensions: ['jxl'], matches: startsWith('\0\0\0\x0cJXL \r\n\x87\n') },
    { name: 'a BMP', isPicture: true, extensions: ['bmp', 'dib'], matches: isBmp },
    { name: 'a TIFF', isPicture: true, extensions: ['tif', 'tiff'], matches: startsWith('II*\0', 'MM\0*', 'II+\0', 'MM\0+') },
    { name: 'an SVG', isPicture: true, extensions: ['svg', 'svgz'], matches: isSvg },
    { name: 'a PDF', isPicture: false, extensions: ['pdf'], matches: startsWith('%PDF-') },
    { name: 'an HTML page', isPicture: false, extensions: ['html', 'htm'], matches: isHtml },
];
/** The format that the first `formatStartBytes` bytes of a file tell; undefined: none that is known. */
function formatOf(bytes) {
    const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, formatStartBytes));
    return formats.find(({ matches }) => matches(start));
}
/** The format that a file's name tells, in any case. */
function formatOfName(path) {
    const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
    return extension === undefined ? undefined : formats.find(({ extensions }) => extensions.includes(extension));
}
/** What a file is that is no PNG, as a clause about "it": "it is a JPEG instead of a PNG". */
function describeOther(bytes) {
    if (bytes.length === 0) {
        return 'it is empty';
    }
    if (parsePointer(bytes) !== undefined) {
        return 'it is a Git LFS pointer instead of the picture, which git lfs pull would bring';
    }
    const format = formatOf(bytes);
    const start = Buffer.from(bytes.subarray(0, 8));
    return format === undefined
        ? `it is no PNG: it starts with the bytes ${start.toString('hex').replace(/..\B/g, '$& ')}`
        : `it is ${format.name} instead of a PNG`;
}
function textAt(start, byte, length) {
    return start.toString('latin1', byte, byte + length);
}
/** Two letters alone are no sign: the size of the header behind them must be one that exists. */
function isBmp(start) {
    return textAt(start, 0, 2) === 'BM' && start.length >= 18 && [12, 40, 52, 56, 64, 108, 124].includes(start.readUInt32LE(14));
}
/** The text without what may stand before the first element. */
function markupOf(start) {
    const text = start.toString('utf8').replace(/^\ufeff/, '');
    return text.replace(/^(?:\s+|<\?[^>]*>|<!--[\s\S]*?-->)+/, '').toLowerCase();
}
function isSvg(start) {
    return /^(?:<!doctype svg\b[^[>]*(?:\[[^\]]*\])?[^>]*>\s*)?<svg[\s>]/.test(markupOf(start));
}
function isHtml(start) {
    return /^(?:<!doctype html\b|<html[\s>])/.test(markupOf(start));
}

;// CONCATENATED MODULE: external "node:zlib"
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
;// CONCATENATED MODULE: ./build/compare/png/chunks.js

/** Length, type and CRC around a chunk's data. */
const chunkFrameBytes = 12;
/** The chunk that starts at a byte of a PNG. */
function readChunk(file, byte) {
    if (file.length - byte < chunkFrameBytes) {
        return { kind: 'broken', type: '', reason: `it ends within a chunk at byte ${byte}`, end: undefined };
    }
    const type = file.toString('latin1', byte + 4, byte + 8);
    if (!/^[A-Za-z]{4}$/.test(type)) {
        return { kind: 'broken', type: '', reason: `there is no chunk where one should start, at byte ${byte}`, end: undefined };
    }
    const end = byte + chunkFrameBytes + file.readUInt32BE(byte);
    if (end > file.length) {
        return { kind: 'broken', type, reason: `it ends within chunk ${type} at byte ${byte}`, end: undefined };
    }
    if ((0,external_node_zlib_namespaceObject.crc32)(file.subarray(byte + 4, end - 4)) !== file.readUInt32BE(end - 4)) {
        return { kind: 'broken', type, reason: `its CRC is wrong in chunk ${type} at byte ${byte}`, end };
    }
    return { kind: 'chunk', type, data: file.subarray(byte + 8, end - 4), byte, end };
}
/** A small first letter marks a chunk that a picture can be read without (PNG specification 5.4). */
function isAncillary(type) {
    return /^[a-z]/.test(type);
}
/** A chunk as it stands in a file. */
function renderChunk(type, data) {
    const framed = Buffer.alloc(chunkFrameBytes + data.length);
    framed.writeUInt32BE(data.length, 0);
    framed.write(type, 4, 'latin1');
    framed.set(data, 8);
    framed.writeUInt32BE((0,external_node_zlib_namespaceObject.crc32)(framed.subarray(4, -4)), 8 + data.length);
    return framed;
}

;// CONCATENATED MODULE: ./build/compare/png/damage.js
/** So many are told of one file; what more there is says nothing new. */
const most = 3;
/**
 * What is wrong with a PNG that can be read all the same, as browsers and libpng do: clauses about "it". Grows while the file
 * is read, and never beyond a few.
 */
class Damage {
    #clauses = new Set();
    add(clause) {
        if (this.#clauses.size < most) {
            this.#clauses.add(clause);
        }
    }
    get isNone() {
        return this.#clauses.size === 0;
    }
    /** "its CRC is wrong in chunk tEXt at byte 33; it ends without its last chunk, IEND". Empty: none. */
    toString() {
        return [...this.#clauses].join('; ');
    }
}

;// CONCATENATED MODULE: ./build/compare/png/header.js


/** The colour types of the PNG specification (11.2.1), with the samples of a pixel and the depths allowed. */
const colorTypes = {
    0: { name: 'gray', samples: 1, bitDepths: [1, 2, 4, 8, 16] },
    2: { name: 'RGB', samples: 3, bitDepths: [8, 16] },
    3: { name: 'palette', samples: 1, bitDepths: [1, 2, 4, 8] },
    4: { name: 'gray with alpha', samples: 2, bitDepths: [8, 16] },
    6: { name: 'RGBA', samples: 4, bitDepths: [8, 16] },
};
const colorType = { gray: 0, rgb: 2, palette: 3, grayAlpha: 4, rgba: 6 };
const headerBytes = 13;
/** @throws UnreadablePicture when it breaks the specification or the limits. */
function parseHeader(data) {
    if (data.length !== headerBytes) {
        throw new UnreadablePicture(`its header is ${data.length} bytes long instead of ${headerBytes}`);
    }
    const size = { width: data.readUInt32BE(0), height: data.readUInt32BE(4) };
    const [bitDepth, type, compression, filter, interlace] = data.subarray(8);
    checkSize(size);
    if (!isColorType(type)) {
        throw new UnreadablePicture(`its colour type ${type} does not exist`);
    }
    const { name, bitDepths } = colorTypes[type];
    if (!bitDepths.includes(bitDepth)) {
        throw new UnreadablePicture(`it declares ${bitDepth} bits a sample, which ${name} pictures cannot have`);
    }
    if (compression !== 0) {
        throw new UnreadablePicture(`its compression method ${compression} does not exist`);
    }
    if (filter !== 0) {
        throw new UnreadablePicture(`its filter method ${filter} does not exist`);
    }
    if (interlace > 1) {
        throw new UnreadablePicture(`its interlace method ${interlace} does not exist`);
    }
    return { ...size, bitDepth, colorType: type, interlaced: interlace === 1 };
}
/** The header as it stands in its chunk. */
function renderHeader({ width, height, bitDepth, colorType, interlaced }) {
    const data = Buffer.alloc(headerBytes);
    data.writeUInt32BE(width, 0);
    data.writeUInt32BE(height, 4);
    data.set([bitDepth, colorType, 0, 0, interlaced ? 1 : 0], 8);
    return data;
}
/** Bytes of a row of `width` pixels, its filter byte left out. */
function rowBytes({ bitDepth, colorType }, width) {
    return Math.ceil((width * bitDepth * colorTypes[colorType].samples) / 8);
}
/** Adam7: where a pass starts and how far its pixels are apart (PNG specification 8.2). */
const adam7 = [
    { x: 0, y: 0, dx: 8, dy: 8 },
    { x: 4, y: 0, dx: 8, dy: 8 },
    { x: 0, y: 4, dx: 4, dy: 8 },
    { x: 2, y: 0, dx: 4, dy: 4 },
    { x: 0, y: 2, dx: 2, dy: 4 },
    { x: 1, y: 0, dx: 2, dy: 2 },
    { x: 0, y: 1, dx: 1, dy: 2 },
];
/** The passes that hold pixels, in the order of the file. */
function passesOf(header) {
    const { width, height } = header;
    if (!header.interlaced) {
        return [{ rows: height, stride: 1 + rowBytes(header, width) }];
    }
    return adam7.flatMap(({ x, y, dx, dy }) => {
        const columns = Math.ceil((width - x) / dx);
        const rows = Math.ceil((height - y) / dy);
        return columns > 0 && rows > 0 ? [{ rows, stride: 1 + rowBytes(header, columns) }] : [];
    });
}
/** Bytes of the picture data once inflated, filter bytes included. */
function filteredBytes(header) {
    return passesOf(header).reduce((sum, { rows, stride }) => sum + rows * stride, 0);
}
function isColorType(type) {
    return Object.hasOwn(colorTypes, type);
}

;// CONCATENATED MODULE: ./build/compare/png/parse.js






const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/**
 * Reads the chunks of a PNG: their order, lengths and CRCs, the header against the limits, and that the compressed
 * data could hold the declared size. Nothing is allocated for pixels.
 *
 * What browsers and libpng both read is read: of chunks that a picture can do without and of all that comes behind its data,
 * what is broken is left out, and told as damage. What they refuse, or make different pictures of, is refused.
 * @throws UnreadablePicture
 */
function parse_parsePng(bytes) {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    checkSignature(file);
    const found = new FoundChunks();
    let count = 0;
    for (let byte = pngSignature.length; byte < file.length; count++) {
        if (count === pictureLimits.chunks) {
            throw new UnreadablePicture(`it has more than ${pictureLimits.chunks.toLocaleString('en-US')} chunks`);
        }
        const frame = readChunk(file, byte);
        const next = frame.kind === 'chunk' ? found.add(frame) : found.skipBroken(frame);
        if (next === 'end') {
            return found.finish();
        }
        byte = next;
    }
    found.endWithoutEnd();
    return found.finish();
}
function checkSignature(file) {
    checkFileSize(file.length);
    if (formatOf(file) !== png) {
        throw new UnreadablePicture(describeOther(file));
    }
}
/** Takes the chunks one after the other and holds them against the order that the specification asks for (5.6). */
class FoundChunks {
    #damage = new Damage();
    #header;
    #palette;
    #transparency;
    #idat = [];
    #previous = '';
    add(chunk) {
        if (chunk.type === 'IEND') {
            return 'end';
        }
        if (this.#header === undefined && chunk.type !== 'IHDR') {
            throw new UnreadablePicture(`its first chunk is ${chunk.type} instead of IHDR`);
        }
        if (this.#isBehindData(chunk.type)) {
            this.#addBehindData(chunk);
        }
        else {
            this.#addInOrder(chunk);
            this.#previous = chunk.type;
        }
        return chunk.end;
    }
    /** @throws UnreadablePicture when the picture cannot do without it. */
    skipBroken({ type, reason, end }) {
        if (end !== undefined && this.#header !== undefined && isAncillary(type)) {
            this.#damage.add(reason);
            this.#previous = type;
            return end;
        }
        if (!this.#isBehindData(type)) {
            throw new UnreadablePicture(reason);
        }
        this.#damage.add(reason);
        return 'end';
    }
    /** The file is over, and there was no IEND. */
    endWithoutEnd() {
        const reason = 'it ends without its last chunk, IEND';
        if (this.#idat.length === 0) {
            throw new UnreadablePicture(reason);
        }
        this.#damage.add(reason);
    }
    finish() {
        const header = this.#header;
        if (header === undefined || this.#idat.length === 0) {
            throw new UnreadablePicture('it holds no picture data');
        }
        if (header.colorType === colorType.palette && this.#palette === undefined) {
            throw new UnreadablePicture('its palette is missing');
        }
        const compressedBytes = this.#idat.reduce((sum, { length }) => sum + length, 0);
        checkDeflateRatio(compressedBytes, filteredBytes(header));
        return {
            header,
            idat: this.#idat,
            palette: this.#palette,
            transparency: this.#transparency,
            damage: this.#damage,
        };
    }
    #isBehindData(type) {
        return this.#idat.length > 0 && !(type === 'IDAT' && this.#previous === 'IDAT');
    }
    /** The picture is over by now, so nothing that comes can change it. */
    #addBehindData({ type, byte }) {
        if (type === 'IDAT') {
            this.#damage.add(`a chunk ${this.#previous} parts its picture data, at byte ${byte}`);
            return;
        }
        if (!isAncillary(type) || type === 'tRNS') {
            this.#damage.add(`its chunk ${type} comes too late, at byte ${byte}`);
        }
        this.#previous = type;
    }
    #addInOrder(chunk) {
        switch (chunk.type) {
            case 'IHDR':
                if (this.#header !== undefined) {
                    throw new UnreadablePicture(twice(chunk));
                }
                this.#header = parseHeader(chunk.data);
                break;
            case 'PLTE':
                this.#addPalette(chunk);
                break;
            case 'tRNS':
                this.#addTransparency(chunk);
                break;
            case 'IDAT':
                this.#idat.push(chunk.data);
                break;
            default:
                if (!isAncillary(chunk.type)) {
                    throw new UnreadablePicture(`its chunk ${chunk.type} at byte ${chunk.byte} is unknown, and needed to decode it`);
                }
        }
    }
    #addPalette(chunk) {
        if (this.#palette !== undefined) {
            throw new UnreadablePicture(twice(chunk));
        }
        if (this.#transparency !== undefined) {
            throw new UnreadablePicture(`its palette comes too late, at byte ${chunk.byte}`);
        }
        const entries = chunk.data.length / 3;
        if (Number.isInteger(entries) && entries >= 1 && entries <= 256) {
            this.#palette = chunk.data;
            return;
        }
        const reason = `its palette is ${chunk.data.length} bytes long`;
        // To pictures of other kinds it is a mere suggestion.
        if (this.#header?.colorType === colorType.palette) {
            throw new UnreadablePicture(reason);
        }
        this.#damage.add(reason);
    }
    #addTransparency(chunk) {
        const isPalette = this.#header?.colorType === colorType.palette;
        if (this.#transparency !== undefined) {
            this.#damage.add(twice(chunk));
        }
        else if (this.#fitsTransparency(chunk.data.length)) {
            this.#transparency = chunk.data;
        }
        else if (isPalette && this.#palette !== undefined) {
            // Browsers take as much of it as there are colours, libpng none.
            throw new UnreadablePicture(unfitting(chunk));
        }
        else {
            this.#damage.add(unfitting(chunk));
        }
    }
    #fitsTransparency(length) {
        switch (this.#header?.colorType) {
            case colorType.gray:
                return length === 2;
            case colorType.rgb:
                return length === 6;
            case colorType.palette:
                return this.#palette !== undefined && length <= this.#palette.length / 3;
            default:
                return false;
        }
    }
}
function twice({ type, byte }) {
    return `its chunk ${type} comes twice, again at byte ${byte}`;
}
function unfitting({ byte }) {
    return `its tRNS chunk at byte ${byte} does not fit its colour type`;
}

// EXTERNAL MODULE: ./node_modules/pngjs/lib/png.js
var lib_png = __nccwpck_require__(359);
;// CONCATENATED MODULE: ./build/errors/user-error.js
/**
 * Something outside the captures that only a person can put right: an unwritable folder, no browser, a taken port.
 * Printed as its message and its fix, never with a stack.
 */
class UserError extends Error {
    name = 'UserError';
    /** What to do, in the imperative. */
    fix;
    /** What was written is wrong, though only the machine could tell. The command line ends with another code then. */
    wrongInput;
    constructor(message, fix, options) {
        super(message, options);
        this.fix = fix;
        this.wrongInput = options?.wrongInput ?? false;
    }
}
/** Whether something thrown is a UserError. The engine is a bundle of its own with its own class, so the name counts. */
function isUserError(thrown) {
    return thrown instanceof Error && thrown.name === 'UserError' && 'fix' in thrown;
}
/** The same error where what was written is to blame, such as an output folder that cannot be written. */
function asWrongInput(thrown) {
    return isUserError(thrown) ? new UserError(thrown.message, thrown.fix, { cause: thrown, wrongInput: true }) : thrown;
}
/** The system's code of an error, e.g. `ENOENT`; empty where it has none. */
function systemCodeOf(thrown) {
    return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}
/** The one-line reason of anything thrown. */
function reasonOf(thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
}

;// CONCATENATED MODULE: ./build/compare/png/inflater.js

/** Deflate refers to at most so many bytes before (RFC 1951). */
const historyBytes = 32 * 1024;
/** How much of the compressed bytes is in the kernel's memory at a time; more than the 1 KiB that a step of it may take. */
const defaultInputBytes = 128 * 1024;
/** The kernel may inflate so many bytes more than it was asked for. */
const excessBytes = 300;
/** Behind the blocks of a zlib stream. */
const checksumBytes = 4;
/** States of an inflater, as src/kernel/assembly/inflate.ts numbers them; below `ended` it can go on. */
const ended = 3;
const problems = {
    [ended]: 'is shorter than its size needs',
    4: 'ends early',
    5: 'is no zlib stream',
    6: 'cannot be inflated (a block of no known kind)',
    7: 'cannot be inflated (codes that are none)',
    8: 'cannot be inflated (a symbol that does not exist)',
    9: 'cannot be inflated (a distance to before its start)',
    10: 'does not match its checksum',
    11: 'cannot be inflated (far more blocks than so little data needs)',
};
/**
 * The inflated bytes of a zlib stream, read in order in the kernel's memory, where no more of them are held than a read
 * asks for and what deflate may refer to.
 */
class Inflater {
    #kernel;
    #damage;
    #stream;
    #pieces;
    /** What is left of the piece that was taken last; undefined when there is no more. */
    #piece;
    #input;
    #inputBytes;
    #inputEnd;
    #window;
    #windowEnd;
    /** Where the bytes end that were inflated, and where the next ones start that were not read. */
    #filled;
    #next;
    /**
     * @param png whose picture data is the stream
     * @param mostBytes that a read asks for
     */
    constructor(kernel, { idat, damage }, mostBytes, inputBytes = defaultInputBytes) {
        this.#kernel = kernel;
        this.#damage = damage;
        this.#stream = kernel.reserve(kernel.call.inflaterBytes());
        this.#input = kernel.reserve(inputBytes);
        this.#inputBytes = inputBytes;
        this.#inputEnd = this.#input;
        this.#window = kernel.reserve(historyBytes + mostBytes + excessBytes);
        this.#windowEnd = this.#window + historyBytes + mostBytes;
        this.#filled = this.#window;
        this.#next = this.#window;
        this.#pieces = idat[Symbol.iterator]();
        this.#piece = this.#pieces.next().value;
        const isAll = this.#fillInput(this.#input);
        kernel.call.startInflating(this.#stream, this.#input, this.#inputEnd, isAll);
    }
    /**
     * @returns where the next `bytes` bytes stand, until the next read
     * @throws UnreadablePicture when the stream is broken or ends before
     */
    read(bytes) {
        if (this.#next + bytes > this.#windowEnd) {
            this.#moveBack();
        }
        const start = this.#next;
        this.#inflateTo(start + bytes);
        if (this.#filled < start + bytes) {
            throw this.#problem();
        }
        this.#next = start + bytes;
        return start;
    }
    /**
     * Sees whether the stream ends here in order, its checksum included. Of one that goes on nothing more is read, however long
     * it is: that is damage, and the picture is whole.
     * @throws UnreadablePicture
     */
    finish() {
        this.#inflateTo(this.#next + 1);
        // One that ends early may give bytes beyond its end before that is seen.
        if (this.#state() > ended) {
            throw this.#problem();
        }
        if (this.#filled > this.#next) {
            this.#damage.add('its picture data is longer than its size needs');
            return 'longer';
        }
        const isFollowed = this.#piece !== undefined || this.#inputEnd > this.#kernel.call.nextInput(this.#stream) + checksumBytes;
        return isFollowed ? 'followed' : 'ended';
    }
    #inflateTo(limit) {
        const { call } = this.#kernel;
        while (this.#filled < limit) {
            this.#filled = call.inflate(this.#stream, this.#filled, limit, this.#window);
            if (this.#filled >= limit || this.#state() >= ended) {
                return;
            }
            const isAll = this.#fillInput(call.nextInput(this.#stream));
            call.giveInput(this.#stream, this.#input, this.#inputEnd, isAll);
        }
    }
    /**
     * Moves the input from `next` on to the front and fills up behind it.
     * @returns 1 when the stream's last byte is there
     */
    #fillInput(next) {
        const left = this.#inputEnd - next;
        this.#kernel.copy(this.#input, next, left);
        this.#inputEnd = this.#input + left;
        const end = this.#input + this.#inputBytes;
        while (this.#piece !== undefined && this.#inputEnd < end) {
            const part = this.#piece.subarray(0, end - this.#inputEnd);
            this.#kernel.write(this.#inputEnd, part);
            this.#inputEnd += part.length;
            this.#piece = part.length < this.#piece.length ? this.#piece.subarray(part.length) : this.#pieces.next().value;
        }
        return this.#piece === undefined ? 1 : 0;
    }
    /** Makes room at the end of the window by dropping what was read and is not referred to any more. */
    #moveBack() {
        const keptFrom = Math.max(this.#window, Math.min(this.#next, this.#filled - historyBytes));
        this.#kernel.copy(this.#window, keptFrom, this.#filled - keptFrom);
        this.#next -= keptFrom - this.#window;
        this.#filled -= keptFrom - this.#window;
    }
    #state() {
        return this.#kernel.call.inflaterState(this.#stream);
    }
    #problem() {
        // Where the file is damaged, that is most likely why.
        const because = this.#damage.isNone ? '' : `; ${this.#damage}`;
        return new UnreadablePicture(`its picture data ${problems[this.#state()] ?? problems[ended]}${because}`);
    }
}

;// CONCATENATED MODULE: ./build/compare/png/filtered-data.js




/** Filter types of the PNG specification (9.2): none, sub, up, average, Paeth. */
const filterTypes = 5;
/**
 * Reads rows and looks at the first byte of each.
 * @returns where they stand, until the next read
 * @throws UnreadablePicture
 */
function readFilteredRows(kernel, inflater, rows, stride) {
    const at = inflater.read(rows * stride);
    const bytes = kernel.view(at, rows * stride);
    for (let byte = 0; byte < bytes.length; byte += stride) {
        const type = bytes[byte];
        if (type >= filterTypes) {
            throw new UnreadablePicture(`its picture data holds the filter type ${type}, which does not exist`);
        }
    }
    return at;
}
/**
 * Inflates a PNG's data piece by piece, keeping none, and checks that it is whole: as long as the header says, with valid
 * filter types and, where it ends there, the right checksum. Works for every kind of PNG.
 * @param take is given each piece, to be copied before it returns
 * @returns how it ends there
 * @throws UnreadablePicture
 */
function checkFilteredData(kernel, png, take) {
    const passes = passesOf(png.header);
    const inflater = new Inflater(kernel, png, Math.max(...passes.map(({ stride }) => rowsWithin(stride) * stride)));
    for (const { rows, stride } of passes) {
        const atOnce = rowsWithin(stride);
        for (let left = rows; left > 0; left -= atOnce) {
            const read = Math.min(left, atOnce);
            const at = readFilteredRows(kernel, inflater, read, stride);
            take?.(kernel.view(at, read * stride));
        }
    }
    return inflater.finish();
}

;// CONCATENATED MODULE: ./build/compare/png/render.js



/** A PNG of the chunks that make its picture, and of no others. */
function renderPng({ header, palette, transparency, idat }) {
    return Buffer.concat([
        pngSignature,
        renderChunk('IHDR', renderHeader(header)),
        ...(palette === undefined ? [] : [renderChunk('PLTE', palette)]),
        ...(transparency === undefined ? [] : [renderChunk('tRNS', transparency)]),
        renderChunk('IDAT', Buffer.concat(idat)),
        renderChunk('IEND', Buffer.alloc(0)),
    ]);
}

;// CONCATENATED MODULE: ./build/compare/picture/picture.js
/** Bytes of a row with its filter byte. */
function strideOf({ size, bytesPerPixel }) {
    return 1 + size.width * bytesPerPixel;
}
/**
 * Reads `rows` rows, at most `atOnce` at a time, and drops them, for their data to be checked.
 * @throws UnreadablePicture
 */
function skipRows(reader, rows, atOnce) {
    for (let left = rows; left > 0; left -= atOnce) {
        reader.read(Math.min(left, atOnce));
    }
}

;// CONCATENATED MODULE: ./build/compare/picture/held-picture.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});










/**
 * The rows of any PNG, decoded whole by pngjs and given out as if they had not been filtered: interlaced pictures, those of
 * 16 bits, gray with alpha, and RGB with a transparent colour.
 *
 * 16-bit samples are brought to 8 bits, up to ±1 from what libpng makes of them, and the colour of pixels that a tRNS chunk
 * makes transparent is zeroed; both hold for each of two pictures alike.
 * @throws UnreadablePicture
 */
function holdPicture(png) {
    const { width, height } = png.header;
    const form = { size: { width, height }, bytesPerPixel: 4 };
    const stride = strideOf(form);
    const pixels = decodeChecked(png);
    return {
        ...form,
        start(kernel, mostRows) {
            const out = kernel.reserve(mostRows * stride);
            let next = 0;
            return {
                read(rows) {
                    for (let row = 0; row < rows; row++, next += stride - 1) {
                        kernel.fill(out + row * stride, 1, 0);
                        kernel.write(out + row * stride + 1, pixels.subarray(next, next + stride - 1));
                    }
                    return out;
                },
                finish: () => { },
            };
        },
    };
}
/**
 * pngjs hangs, expands without bound or dies on hostile data, so it sees only what was checked before and made a file of
 * anew: the size, the chunks that make the picture, and data that inflates to just that size.
 */
function decodeChecked(png) {
    checkHeldWhole(png.header);
    const idat = soundData(png);
    try {
        return lib_png/* PNG */.O.sync.read(renderPng({ ...png, idat, palette: wholePalette(png) })).data;
    }
    catch (error) {
        throw new UnreadablePicture(`it cannot be decoded (${reasonOf(error)})`);
    }
}
/** The picture data, packed anew where something stands behind the picture: pngjs takes it for a part of it. */
function soundData(png) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const kernel = __addDisposableResource(env_1, Kernel.borrow(), false);
        if (checkFilteredData(kernel, png) === 'ended') {
            return png.idat;
        }
        const pieces = [];
        checkFilteredData(kernel, png, (piece) => pieces.push(Buffer.from(piece)));
        return [(0,external_node_zlib_namespaceObject.deflateSync)(Buffer.concat(pieces), { level: 1 })];
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
/** With black for the colours that a sample may name beyond it, as libpng has it; pngjs would refuse the picture. */
function wholePalette({ header, palette }) {
    if (palette === undefined || header.colorType !== colorType.palette) {
        return palette;
    }
    const whole = new Uint8Array(3 * 2 ** header.bitDepth);
    whole.set(palette.subarray(0, whole.length));
    return whole;
}

;// CONCATENATED MODULE: ./build/compare/picture/indexed-picture.js



/** A palette's index or a gray of at most 8 bits for each pixel, without interlacing: what PNG optimisers make of plain pages. */
function isIndexed({ header }) {
    const hasOneSample = header.colorType === colorType.palette || header.colorType === colorType.gray;
    return hasOneSample && header.bitDepth <= 8 && !header.interlaced;
}
/** The rows of a PNG for which `isIndexed`, made RGBA one after the other and given out as if they had not been filtered. */
function indexedPicture(png) {
    const { width, height } = png.header;
    return { size: { width, height }, bytesPerPixel: 4, start: (kernel, mostRows) => readIndexed(png, kernel, mostRows) };
}
function readIndexed(png, kernel, mostRows) {
    const { header } = png;
    const bytes = rowBytes(header, header.width);
    const stride = 1 + bytes;
    const outStride = 1 + header.width * 4;
    const inflater = new Inflater(kernel, png, mostRows * stride);
    // Unfiltered beside the inflater's bytes, to which what follows may refer.
    let [row, above] = [kernel.reserve(stride), kernel.reserve(stride)];
    const colours = kernel.reserve(256 * 4);
    const out = kernel.reserve(mostRows * outStride);
    kernel.fill(row, stride, 0);
    kernel.write(colours, coloursOf(png));
    return {
        read(rows) {
            const from = readFilteredRows(kernel, inflater, rows, stride);
            for (let index = 0; index < rows; index++) {
                [row, above] = [above, row];
                kernel.copy(row, from + index * stride, stride);
                kernel.call.unfilterBytes(row, bytes, above);
                kernel.fill(out + index * outStride, 1, 0);
                kernel.call.expandIndexed(row + 1, header.bitDepth, header.width, colours, out + index * outStride + 1);
            }
            return out;
        },
        finish: () => inflater.finish(),
    };
}
/** RGBA for each value of a sample. One beyond the palette is opaque black, as libpng has it. */
function coloursOf({ header, palette, transparency }) {
    const colours = new Uint8Array(256 * 4);
    const largest = 2 ** header.bitDepth - 1;
    for (let value = 0; value < 256; value++) {
        const gray = Math.round((value * 255) / largest);
        const isGray = header.colorType === colorType.gray;
        const [red = 0, green = 0, blue = 0] = isGray ? [gray, gray, gray] : (palette?.subarray(value * 3, value * 3 + 3) ?? []);
        colours.set([red, green, blue, alphaOf(value, header.colorType, transparency)], value * 4);
    }
    return colours;
}
/** The tRNS chunk holds the alpha of the first colours of a palette, or the one gray that is transparent. */
function alphaOf(value, type, transparency) {
    if (transparency === undefined) {
        return 255;
    }
    if (type === colorType.palette) {
        return transparency[value] ?? 255;
    }
    return value === ((transparency[0] ?? 0) << 8) + (transparency[1] ?? 0) ? 0 : 255;
}

;// CONCATENATED MODULE: ./build/compare/picture/true-color-picture.js




/** 8-bit RGB or RGBA without interlacing, which is what browsers write. */
function isTrueColor({ header, transparency }) {
    const hasColors = header.colorType === colorType.rgb || header.colorType === colorType.rgba;
    return hasColors && header.bitDepth === 8 && !header.interlaced && transparency === undefined;
}
/** The rows of a PNG for which `isTrueColor`, as they come out of the inflater. */
function trueColorPicture(png) {
    const { header } = png;
    const { width, height } = header;
    const form = { size: { width, height }, bytesPerPixel: header.colorType === colorType.rgb ? 3 : 4 };
    const stride = strideOf(form);
    return {
        ...form,
        start(kernel, mostRows) {
            const inflater = new Inflater(kernel, png, mostRows * stride);
            return { read: (rows) => readFilteredRows(kernel, inflater, rows, stride), finish: () => inflater.finish() };
        },
    };
}

;// CONCATENATED MODULE: ./build/compare/picture/open-picture.js




/**
 * Reads the chunks of a PNG and finds the way to read its rows: as they come where that can be done, so that memory does not
 * grow with the picture, else held whole.
 * @throws UnreadablePicture
 */
function openPicture(file) {
    return pictureOf(parse_parsePng(file));
}
/** As `openPicture`, for a file whose chunks were read before. */
function pictureOf(png) {
    if (isTrueColor(png)) {
        return trueColorPicture(png);
    }
    if (isIndexed(png)) {
        return indexedPicture(png);
    }
    return holdPicture(png);
}
/** Whether its rows are read as they come; else the picture must be held whole. */
function isReadByRows(png) {
    return isTrueColor(png) || isIndexed(png);
}

;// CONCATENATED MODULE: ./build/compare/picture/pixel-reader.js


/** The pixels of a picture row by row. */
class PixelReader {
    #kernel;
    #picture;
    #rows;
    #atOnce;
    #filtered = 0;
    /** The row that was read last and the one above it, in turns. */
    #pixels;
    #above;
    #y = 0;
    constructor(kernel, picture) {
        const { size } = picture;
        this.#kernel = kernel;
        this.#picture = picture;
        this.#atOnce = Math.min(rowsWithin(strideOf(picture)), size.height);
        this.#rows = picture.start(kernel, this.#atOnce);
        this.#pixels = kernel.reserve(size.width * 4);
        this.#above = kernel.reserve(size.width * 4);
        kernel.fill(this.#pixels, size.width * 4, 0);
    }
    /**
     * @returns where the RGBA pixels of the next row stand, until the next one is read
     * @throws UnreadablePicture
     */
    next() {
        const { size, bytesPerPixel } = this.#picture;
        const inSlab = this.#y % this.#atOnce;
        if (inSlab === 0) {
            this.#filtered = this.#rows.read(Math.min(this.#atOnce, size.height - this.#y));
        }
        [this.#pixels, this.#above] = [this.#above, this.#pixels];
        const filtered = this.#filtered + inSlab * strideOf(this.#picture);
        this.#kernel.call.unfilterRow(filtered, bytesPerPixel, size.width, this.#above, this.#pixels);
        this.#y += 1;
        return this.#pixels;
    }
    /**
     * To be called behind the last row.
     * @throws UnreadablePicture when the picture's data does not end there in order
     */
    finish() {
        this.#rows.finish();
    }
}

;// CONCATENATED MODULE: ./build/compare/decode.js
var decode_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var decode_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





/**
 * A PNG as one picture in memory.
 * @throws UnreadablePicture
 */
function decodePng(bytes) {
    return decodeParsed(parsePng(bytes));
}
/** As `decodePng`, for a file whose chunks were read before. */
function decodeParsed(png) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        checkHeldWhole(png.header);
        const picture = pictureOf(png);
        const { width, height } = picture.size;
        const pixels = new Uint8Array(width * height * 4);
        const kernel = decode_addDisposableResource(env_1, Kernel.borrow(), false);
        const reader = new PixelReader(kernel, picture);
        for (let y = 0; y < height; y++) {
            pixels.set(kernel.view(reader.next(), width * 4), y * width * 4);
        }
        reader.finish();
        return { width, height, pixels };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        decode_disposeResources(env_1);
    }
}

;// CONCATENATED MODULE: ./build/compare/try-decode.js



/** The picture whole in memory, for a second look that no verdict hangs on; undefined when it is unreadable or too large. */
function tryDecode(file, largestPx = Number.POSITIVE_INFINITY) {
    try {
        const png = parse_parsePng(file);
        return png.header.width * png.header.height > largestPx ? undefined : decodeParsed(png);
    }
    catch (error) {
        if (error instanceof UnreadablePicture) {
            return undefined;
        }
        throw error;
    }
}
/** The pixels as 32-bit words, copied only where their bytes are not aligned. */
function wordsOf(pixels) {
    const aligned = pixels.byteOffset % 4 === 0 ? pixels : new Uint8Array(pixels);
    return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
}

;// CONCATENATED MODULE: ./node_modules/pixelmatch/index.js
/**
 * Compare two equally sized images, pixel by pixel.
 *
 * @param {Uint8Array | Uint8ClampedArray} img1 First image data.
 * @param {Uint8Array | Uint8ClampedArray} img2 Second image data.
 * @param {Uint8Array | Uint8ClampedArray | void} output Image data to write the diff to, if provided.
 * @param {number} width Input images width.
 * @param {number} height Input images height.
 *
 * @param {Object} [options]
 * @param {number} [options.threshold=0.1] Matching threshold (0 to 1); smaller is more sensitive.
 * @param {boolean} [options.includeAA=false] Whether to skip anti-aliasing detection.
 * @param {number} [options.alpha=0.1] Opacity of original image in diff output.
 * @param {[number, number, number]} [options.aaColor=[255, 255, 0]] Color of anti-aliased pixels in diff output.
 * @param {[number, number, number]} [options.diffColor=[255, 0, 0]] Color of different pixels in diff output.
 * @param {[number, number, number]} [options.diffColorAlt=options.diffColor] Whether to detect dark on light differences between img1 and img2 and set an alternative color to differentiate between the two.
 * @param {boolean} [options.diffMask=false] Draw the diff over a transparent background (a mask).
 * @param {boolean} [options.checkerboard=true] Whether to blend semi-transparent pixels against a checkerboard pattern (true) or plain white (false) when comparing.
 *
 * @return {number} The number of mismatched pixels.
 */
function pixelmatch(img1, img2, output, width, height, options = {}) {
    const {
        threshold = 0.1,
        alpha = 0.1,
        aaColor = [255, 255, 0],
        diffColor = [255, 0, 0],
        checkerboard = true,
        includeAA, diffColorAlt, diffMask
    } = options;

    if (!isPixelData(img1) || !isPixelData(img2) || (output && !isPixelData(output)))
        throw new Error('Image data: Uint8Array, Uint8ClampedArray or Buffer expected.');

    if (img1.length !== img2.length || (output && output.length !== img1.length))
        throw new Error(`Image sizes do not match. Image 1 size: ${img1.length}, image 2 size: ${img2.length}`);

    if (img1.length !== width * height * 4) throw new Error(`Image data size does not match width/height. Expecting ${width * height * 4}. Got ${img1.length}`);

    // check if images are identical
    const len = width * height;
    const a32 = new Uint32Array(img1.buffer, img1.byteOffset, len);
    const b32 = new Uint32Array(img2.buffer, img2.byteOffset, len);
    let identical = true;

    for (let i = 0; i < len; i++) {
        if (a32[i] !== b32[i]) { identical = false; break; }
    }
    if (identical) { // fast path if identical
        if (output && !diffMask) {
            for (let i = 0, pos = 0; i < len; i++, pos += 4) drawGrayPixel(img1, pos, alpha, output);
        }
        return 0;
    }

    // maximum acceptable square distance between two colors;
    // 35215 is the maximum possible value for the YIQ difference metric
    const maxDelta = 35215 * threshold * threshold;
    const [aaR, aaG, aaB] = aaColor;
    const [diffR, diffG, diffB] = diffColor;
    const [altR, altG, altB] = diffColorAlt || diffColor;
    let diff = 0;

    // compare each pixel of one image against the other one
    for (let i = 0, pos = 0; i < len; i++, pos += 4) {
        // squared YUV distance between colors at this pixel position, negative if the img2 pixel is darker
        const delta = a32[i] === b32[i] ? 0 : colorDelta(img1, img2, pos, pos, checkerboard);

        // the color difference is above the threshold
        if (Math.abs(delta) > maxDelta) {
            const x = i % width;
            const y = (i / width) | 0;
            // check it's a real rendering difference or just anti-aliasing
            const isExcludedAA = !includeAA && (antialiased(img1, x, y, width, height, a32, b32, checkerboard) || antialiased(img2, x, y, width, height, b32, a32, checkerboard));
            if (isExcludedAA) {
                // one of the pixels is anti-aliasing; draw as yellow and do not count as difference
                // note that we do not include such pixels in a mask
                if (output && !diffMask) drawPixel(output, pos, aaR, aaG, aaB);

            } else {
                // found substantial difference not caused by anti-aliasing; draw it as such
                if (output) {
                    if (delta < 0) {
                        drawPixel(output, pos, altR, altG, altB);
                    } else {
                        drawPixel(output, pos, diffR, diffG, diffB);
                    }
                }
                diff++;
            }

        } else if (output && !diffMask) {
            // pixels are similar; draw background as grayscale image blended with white
            drawGrayPixel(img1, pos, alpha, output);
        }
    }

    // return the number of different pixels
    return diff;
}

/** @param {Uint8Array | Uint8ClampedArray} arr */
function isPixelData(arr) {
    // work around instanceof Uint8Array not working properly in some Jest environments
    return ArrayBuffer.isView(arr) && arr.BYTES_PER_ELEMENT === 1;
}

/**
 * Check if a pixel is likely a part of anti-aliasing;
 * based on "Anti-aliased Pixel and Intensity Slope Detector" paper by V. Vysniauskas, 2009
 * @param {Uint8Array | Uint8ClampedArray} img
 * @param {number} x1
 * @param {number} y1
 * @param {number} width
 * @param {number} height
 * @param {Uint32Array} a32
 * @param {Uint32Array} b32
 * @param {boolean} checkerboard
 */
function antialiased(img, x1, y1, width, height, a32, b32, checkerboard) {
    const x0 = Math.max(x1 - 1, 0);
    const y0 = Math.max(y1 - 1, 0);
    const x2 = Math.min(x1 + 1, width - 1);
    const y2 = Math.min(y1 + 1, height - 1);
    const pos4 = (y1 * width + x1) * 4;
    // cache the center pixel's RGBA once instead of re-reading it on every neighbor comparison
    const cr = img[pos4];
    const cg = img[pos4 + 1];
    const cb = img[pos4 + 2];
    const ca = img[pos4 + 3];
    let zeroes = x1 === x0 || x1 === x2 || y1 === y0 || y1 === y2 ? 1 : 0;
    let min = 0;
    let max = 0;
    let minX = 0;
    let minY = 0;
    let maxX = 0;
    let maxY = 0;

    // go through 8 adjacent pixels
    for (let x = x0; x <= x2; x++) {
        for (let y = y0; y <= y2; y++) {
            if (x === x1 && y === y1) continue;

            // brightness delta between the center pixel and adjacent one
            const delta = brightnessDelta(img, pos4, (y * width + x) * 4, cr, cg, cb, ca, checkerboard);

            // count the number of equal, darker and brighter adjacent pixels
            if (delta === 0) {
                zeroes++;
                // if found more than 2 equal siblings, it's definitely not anti-aliasing
                if (zeroes > 2) return false;

            // remember the darkest pixel
            } else if (delta < min) {
                min = delta;
                minX = x;
                minY = y;

            // remember the brightest pixel
            } else if (delta > max) {
                max = delta;
                maxX = x;
                maxY = y;
            }
        }
    }

    // if there are no both darker and brighter pixels among siblings, it's not anti-aliasing
    if (min === 0 || max === 0) return false;

    // if either the darkest or the brightest pixel has 3+ equal siblings in both images
    // (definitely not anti-aliased), this pixel is anti-aliased
    return (hasManySiblings(a32, minX, minY, width, height) && hasManySiblings(b32, minX, minY, width, height)) ||
           (hasManySiblings(a32, maxX, maxY, width, height) && hasManySiblings(b32, maxX, maxY, width, height));
}

/**
 * Check if a pixel has 3+ adjacent pixels of the same color.
 * @param {Uint32Array} img
 * @param {number} x1
 * @param {number} y1
 * @param {number} width
 * @param {number} height
 */
function hasManySiblings(img, x1, y1, width, height) {
    const x0 = Math.max(x1 - 1, 0);
    const y0 = Math.max(y1 - 1, 0);
    const x2 = Math.min(x1 + 1, width - 1);
    const y2 = Math.min(y1 + 1, height - 1);
    const val = img[y1 * width + x1];
    let zeroes = x1 === x0 || x1 === x2 || y1 === y0 || y1 === y2 ? 1 : 0;

    // go through 8 adjacent pixels
    for (let x = x0; x <= x2; x++) {
        for (let y = y0; y <= y2; y++) {
            if (x === x1 && y === y1) continue;
            zeroes += +(val === img[y * width + x]);
            if (zeroes > 2) return true;
        }
    }
    return false;
}

/**
 * Calculate color difference according to the paper "Measuring perceived color difference
 * using YIQ NTSC transmission color space in mobile applications" by Y. Kotsarenko and F. Ramos.
 * Caller guarantees the two pixels differ, so the early-zero check is omitted.
 * @param {Uint8Array | Uint8ClampedArray} img1
 * @param {Uint8Array | Uint8ClampedArray} img2
 * @param {number} k
 * @param {number} m
 * @param {boolean} checkerboard
 */
function colorDelta(img1, img2, k, m, checkerboard) {
    const r1 = img1[k];
    const g1 = img1[k + 1];
    const b1 = img1[k + 2];
    const a1 = img1[k + 3];
    const r2 = img2[m];
    const g2 = img2[m + 1];
    const b2 = img2[m + 2];
    const a2 = img2[m + 3];

    let dr = r1 - r2;
    let dg = g1 - g2;
    let db = b1 - b2;
    const da = a1 - a2;

    if (a1 < 255 || a2 < 255) { // blend pixels with background
        let rb = 255, gb = 255, bb = 255;
        if (checkerboard) {
            rb = 48 + 159 * (k % 2);
            gb = 48 + 159 * ((k / 1.618033988749895 | 0) % 2);
            bb = 48 + 159 * ((k / 2.618033988749895 | 0) % 2);
        }
        dr = (r1 * a1 - r2 * a2 - rb * da) / 255;
        dg = (g1 * a1 - g2 * a2 - gb * da) / 255;
        db = (b1 * a1 - b2 * a2 - bb * da) / 255;
    }

    const y = dr * 0.29889531 + dg * 0.58662247 + db * 0.11448223;
    const i = dr * 0.59597799 - dg * 0.27417610 - db * 0.32180189;
    const q = dr * 0.21147017 - dg * 0.52261711 + db * 0.31114694;

    const delta = 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q;

    // encode whether the pixel lightens or darkens in the sign
    return y > 0 ? -delta : delta;
}

/**
 * Specialized brightness-only color delta for the anti-aliasing detector,
 * with the center pixel's RGBA hoisted out of the neighbor loop.
 * @param {Uint8Array | Uint8ClampedArray} img
 * @param {number} k center pixel offset
 * @param {number} m neighbor pixel offset
 * @param {number} r1
 * @param {number} g1
 * @param {number} b1
 * @param {number} a1
 * @param {boolean} checkerboard
 */
function brightnessDelta(img, k, m, r1, g1, b1, a1, checkerboard) {
    const r2 = img[m];
    const g2 = img[m + 1];
    const b2 = img[m + 2];
    const a2 = img[m + 3];

    let dr = r1 - r2;
    let dg = g1 - g2;
    let db = b1 - b2;
    const da = a1 - a2;

    if (!dr && !dg && !db && !da) return 0;

    if (a1 < 255 || a2 < 255) {
        let rb = 255, gb = 255, bb = 255;
        if (checkerboard) {
            rb = 48 + 159 * (k % 2);
            gb = 48 + 159 * ((k / 1.618033988749895 | 0) % 2);
            bb = 48 + 159 * ((k / 2.618033988749895 | 0) % 2);
        }
        dr = (r1 * a1 - r2 * a2 - rb * da) / 255;
        dg = (g1 * a1 - g2 * a2 - gb * da) / 255;
        db = (b1 * a1 - b2 * a2 - bb * da) / 255;
    }

    return dr * 0.29889531 + dg * 0.58662247 + db * 0.11448223;
}

/**
 * @param {Uint8Array | Uint8ClampedArray} output
 * @param {number} pos
 * @param {number} r
 * @param {number} g
 * @param {number} b
 */
function drawPixel(output, pos, r, g, b) {
    output[pos] = r;
    output[pos + 1] = g;
    output[pos + 2] = b;
    output[pos + 3] = 255;
}

/**
 * @param {Uint8Array | Uint8ClampedArray} img
 * @param {number} i
 * @param {number} alpha
 * @param {Uint8Array | Uint8ClampedArray} output
 */
function drawGrayPixel(img, i, alpha, output) {
    const val = 255 + (img[i] * 0.29889531 + img[i + 1] * 0.58662247 + img[i + 2] * 0.11448223 - 255) * alpha * img[i + 3] / 255;
    drawPixel(output, i, val, val, val);
}

;// CONCATENATED MODULE: ./build/compare/align/differing-pixels.js

/** One byte a pixel of a paired band: not 0 where it differs. */
function differingPixels({ baselineTop, actualTop, rows }, a, b, { threshold, includeAntiAliasing }) {
    const { width } = a;
    const out = new Uint8Array(width * rows * 4);
    const rowsOf = ({ pixels }, top) => new Uint8Array(pixels.subarray(top * width * 4, (top + rows) * width * 4));
    pixelmatch(rowsOf(a, baselineTop), rowsOf(b, actualTop), out, width, rows, {
        threshold,
        includeAA: includeAntiAliasing,
        diffMask: true,
    });
    return out.filter((_, at) => at % 4 === 3);
}

;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./build/compare/png/encode-indexed.js





/** Level 3 is four times as fast as the usual 6 and makes these pictures 10% larger. */
const deflateLevel = 3;
/** zlib's thread is asked once more for each further chunk of output, which costs more than a chunk that is not filled. */
const chunkBytes = 256 * 1024;
/** How much may wait for zlib's thread while the next rows are drawn. */
const waitingBytes = 512 * 1024;
/** Bytes of a row of a picture with four bits a pixel, its filter byte included. */
function indexedStride(width) {
    return 1 + Math.ceil(width / 2);
}
/**
 * A PNG of at most 256 colours. Up to 16 take four bits a pixel, half the data to deflate and to keep.
 * @param slabs whole rows of `indexedStride(width)` bytes, or of `1 + width` with more than 16 colours; the first byte
 *   of each is 0 for "not filtered"
 */
async function encodeIndexedPng({ width, height }, palette, slabs) {
    const bitDepth = palette.length > 16 ? 8 : 4;
    return new Uint8Array(renderPng({
        header: { width, height, bitDepth, colorType: colorType.palette, interlaced: false },
        palette: Buffer.from(palette.flat()),
        transparency: undefined,
        idat: [await deflate(slabs)],
    }));
}
async function deflate(slabs) {
    const stream = (0,external_node_zlib_namespaceObject.createDeflate)({ level: deflateLevel, chunkSize: chunkBytes });
    const pieces = [];
    stream.on('data', (piece) => pieces.push(piece));
    for await (const slab of slabs) {
        stream.write(slab);
        if (stream.writableLength > waitingBytes) {
            await (0,external_node_events_namespaceObject.once)(stream, 'drain');
        }
        // The thread is given the next slab only between two turns of the event loop.
        else {
            await (0,promises_namespaceObject.setImmediate)();
        }
    }
    stream.end();
    await (0,external_node_events_namespaceObject.once)(stream, 'end');
    return Buffer.concat(pieces);
}

;// CONCATENATED MODULE: ./build/compare/align/draw-aligned.js

/** Shades of each tint, enough to see what is there. */
const shades = 64;
/** Of the darkest shade to white: the picture steps back behind what is drawn on it. */
const fade = 0.4;
const tints = {
    equal: [255, 255, 255],
    paired: [255, 255, 255],
    inserted: [196, 240, 200],
    removed: [255, 221, 180],
};
const differing = [230, 0, 0];
const palette = [
    ...['equal', 'inserted', 'removed'].flatMap((kind) => shadesOf(tints[kind])),
    differing,
];
const firstShade = { equal: 0, paired: 0, inserted: shades, removed: shades * 2 };
/** The picture of both pages laid on each other, band by band from top to bottom. */
class AlignedPicture {
    #width;
    #stride;
    /** Rows as PNG has them: a byte that says "not filtered", then a byte a pixel. */
    #pixels;
    #rows = 0;
    /** @param height of all bands together */
    constructor(width, height) {
        this.#width = width;
        this.#stride = 1 + width;
        this.#pixels = new Uint8Array(this.#stride * height);
    }
    /** Draws the band below the last one and returns its top row. */
    addBand({ kind, baselineTop, actualTop, rows }, baseline, actual) {
        const top = this.#rows;
        const { pixels } = kind === 'removed' ? baseline : actual;
        const from = (kind === 'removed' ? baselineTop : actualTop) * this.#width;
        for (let row = 0; row < rows; row++) {
            const to = (top + row) * this.#stride + 1;
            for (let x = 0; x < this.#width; x++) {
                this.#pixels[to + x] = firstShade[kind] + shadeOf(pixels, (from + row * this.#width + x) * 4);
            }
        }
        this.#rows += rows;
        return top;
    }
    /** Draws a differing pixel. */
    mark(x, y) {
        this.#pixels[y * this.#stride + 1 + x] = palette.length - 1;
    }
    encode() {
        return encodeIndexedPng({ width: this.#width, height: this.#rows }, palette, [this.#pixels]);
    }
}
/** The pixel's luma (ITU-R BT.601) as a shade. */
function shadeOf(pixels, at) {
    const luma = pixels[at] * 0.299 + pixels[at + 1] * 0.587 + pixels[at + 2] * 0.114;
    return Math.floor((luma / 256) * shades);
}
function shadesOf(tint) {
    return Array.from({ length: shades }, (_, shade) => {
        const light = 1 - fade * (1 - shade / (shades - 1));
        return [Math.round(tint[0] * light), Math.round(tint[1] * light), Math.round(tint[2] * light)];
    });
}

;// CONCATENATED MODULE: ./build/basics/geometry.js
/** Sizes and rectangles, in pixels of whatever they are said of. */
function sameSize(a, b) {
    return a.width === b.width && a.height === b.height;
}
/** The smallest size that both fit into, laid on each other's top left corner. */
function unionOf(a, b) {
    return { width: Math.max(a.width, b.width), height: Math.max(a.height, b.height) };
}
/** What both have. */
function overlapOf(a, b) {
    return { width: Math.min(a.width, b.width), height: Math.min(a.height, b.height) };
}
/** The smallest rectangle that holds both. */
function joinRects(a, b) {
    const x = Math.min(a.x, b.x);
    const y = Math.min(a.y, b.y);
    return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}
function overlaps(a, b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
/** Regions that overlap become one, so that each place is there once. A joined region has the pixels of its fullest part. */
function geometry_joinOverlapping(regions) {
    const joined = [];
    for (const region of regions) {
        let grown = region;
        // What it has grown by may reach others.
        for (let at = joined.findIndex((other) => overlaps(other, grown)); at >= 0; at = joined.findIndex((other) => overlaps(other, grown))) {
            const [other = grown] = joined.splice(at, 1);
            grown = { ...joinRects(other, grown), diffPixels: Math.max(other.diffPixels, grown.diffPixels) };
        }
        joined.push(grown);
    }
    return joined.sort((a, b) => b.diffPixels - a.diffPixels || a.y - b.y || a.x - b.x);
}
function contains(outer, inner) {
    return (inner.x >= outer.x &&
        inner.y >= outer.y &&
        inner.x + inner.width <= outer.x + outer.width &&
        inner.y + inner.height <= outer.y + outer.height);
}

;// CONCATENATED MODULE: ./build/results/groups/row-runs.js
/** Bytes of a run of equal rows: of its hash, and of all of it. */
const runHashBytes = 16;
const runBytes = runHashBytes + 8;
/** Characters of a run: its bytes in base64. */
const runLength = 32;
/** Most runs that are kept of one capture, which are 16 kB: of all its regions together, the largest first. */
const mostTracedRuns = 512;
/** What the runs of a text say: 16 bytes of each are its hash, then come four numbers of two bytes, the lower one first. */
function readRuns(text) {
    const bytes = Buffer.from(text, 'base64');
    return Array.from({ length: Math.floor(text.length / runLength) }, (_, at) => {
        const from = at * runBytes + runHashBytes;
        return {
            rows: bytes.readUInt16LE(from),
            left: bytes.readUInt16LE(from + 2),
            right: bytes.readUInt16LE(from + 4),
            pixels: bytes.readUInt16LE(from + 6),
        };
    });
}

;// CONCATENATED MODULE: ./build/compare/trace/look-finder.js
/** Cells on each side of the grid that stands for the shape of a change. */
const gridSide = 4;
/** How full a cell can be. */
const fullest = 15;
/** Most pairs of colours that are counted: a photograph has more, and its look says nothing. */
const mostPairs = 4096;
/** Of the differing pixels: a colour that is rarer is none that a person would name. */
const namedShare = 0.05;
/** Pixels whose colour says which it becomes, as a share of all, from which on something is recoloured and not moved. */
const recolouredShare = 0.9;
/** A plain area that turns into another has one or two; what has edges, such as text, has more. */
const fewestShades = 4;
/** Of the differing pixels: what a shade has to have to count as one. */
const shadeShare = 0.002;
/** A colour that is not there. */
const none = 1 << 15;
/**
 * Finds out what a change looks like while its pixels are told: its colours, as five bits of red, green and blue; where in its
 * box pixels differ; and whether each colour turned into one other, as in text that has another colour.
 */
class LookFinder {
    #size;
    #pairs = new Map();
    #cells = new Uint32Array(gridSide * gridSide);
    #row = 0;
    #pixels = 0;
    // Areas are plain, so most pixels are as the one before.
    #before;
    #after;
    #same = 0;
    constructor(size) {
        this.#size = size;
    }
    /** A pixel that differs, as words of RGBA whose lowest byte is red; `x` counts from the left of the region. */
    add(x, before, after) {
        this.#pixels += 1;
        const column = Math.floor((x * gridSide) / this.#size.width);
        // Where many rows became few, those beyond count to the last ones.
        const row = Math.min(gridSide - 1, Math.floor((this.#row * gridSide) / this.#size.height));
        const cell = row * gridSide + column;
        this.#cells[cell] = this.#cells[cell] + 1;
        if (this.#same > 0 && before === this.#before && after === this.#after) {
            this.#same += 1;
            return;
        }
        this.#count();
        [this.#before, this.#after, this.#same] = [before, after, 1];
    }
    /** Goes on to the next row. */
    endRow() {
        this.#row += 1;
    }
    finish() {
        this.#count();
        const from = new Map();
        const to = new Map();
        const main = new Map();
        const pairs = [...this.#pairs].map(([pair, count]) => ({ before: Math.floor(pair / 65_536), after: pair % 65_536, count }));
        for (const { before, after, count } of pairs) {
            from.set(before, (from.get(before) ?? 0) + count);
            to.set(after, (to.get(after) ?? 0) + count);
            if (count > (main.get(before)?.count ?? 0)) {
                main.set(before, { after, count });
            }
        }
        const told = pairs.reduce((sum, { before, after, count }) => sum + (isNear(after, main.get(before)?.after) ? count : 0), 0);
        const shades = [...from.values()].filter((count) => count >= this.#pixels * shadeShare).length;
        return {
            from: namedColours(from, this.#pixels),
            to: namedColours(to, this.#pixels),
            recoloured: told >= this.#pixels * recolouredShare && shades >= fewestShades && !from.has(none) && !to.has(none),
            shape: this.#shape(),
        };
    }
    #count() {
        const pair = coarse(this.#before) * 65_536 + coarse(this.#after);
        const count = this.#pairs.get(pair);
        if (this.#same > 0 && (count !== undefined || this.#pairs.size < mostPairs)) {
            this.#pairs.set(pair, (count ?? 0) + this.#same);
        }
        this.#same = 0;
    }
    #shape() {
        const { width, height } = this.#size;
        return Array.from(this.#cells, (count, at) => {
            const [columns, rows] = [share(width, at % gridSide), share(height, Math.floor(at / gridSide))];
            return Math.min(fullest, Math.round((fullest * count) / Math.max(1, columns * rows))).toString(16);
        }).join('');
    }
}
/** How many of `length` pixels fall into a part of the grid. */
function share(length, part) {
    return Math.ceil(((part + 1) * length) / gridSide) - Math.ceil((part * length) / gridSide);
}
/** Five bits of red, green and blue. */
function coarse(word) {
    return word === undefined ? none : ((word & 0xf8) << 7) | ((word & 0xf800) >> 6) | ((word & 0xf8_0000) >> 19);
}
/** Steps of 32 by which a shade of one colour may be another's: what lies between two shades is rounded. */
const shadeSteps = 3;
function isNear(one, other) {
    return (other !== undefined &&
        [0, 5, 10].every((bits) => Math.abs(((one >> bits) & 0x1f) - ((other >> bits) & 0x1f)) <= shadeSteps) &&
        (one === none) === (other === none));
}
/** The two most frequent ones, the first before the second. */
function namedColours(counts, pixels) {
    return [...counts]
        .filter(([, count]) => count >= pixels * namedShare)
        .toSorted(([one, a], [other, b]) => b - a || one - other)
        .slice(0, 2)
        .map(([colour]) => colour);
}

;// CONCATENATED MODULE: ./build/compare/trace/row-marks.js


/** A run has a length of two bytes. */
const longestRun = 0xffff;
/**
 * Keeps the rows of a region as runs of equal ones, so that a part of it can be known again: of a long one the first and the
 * last, since what many pages share stands at an end of what it touches. See row-runs.ts for how they are written.
 */
class RowMarks {
    #most;
    #first = [];
    #last = [];
    #open;
    /** @param most runs at each end */
    constructor(most) {
        this.#most = most;
    }
    /** @param entries the differing pixels, the first of them at `left` of the picture */
    add({ pixels, left, right }, entries) {
        const hash = pixels === 0
            ? Buffer.alloc(runHashBytes)
            : (0,external_node_crypto_namespaceObject.createHash)('sha256').update(Uint32Array.of(left)).update(entries).digest().subarray(0, runHashBytes);
        const count = this.#open?.readUInt16LE(runHashBytes) ?? 0;
        if (this.#open !== undefined && count < longestRun && hash.equals(this.#open.subarray(0, runHashBytes))) {
            this.#open.writeUInt16LE(count + 1, runHashBytes);
            return;
        }
        this.#close();
        this.#open = Buffer.alloc(runBytes);
        hash.copy(this.#open);
        this.#open.writeUInt16LE(1, runHashBytes);
        this.#open.writeUInt16LE(left, runHashBytes + 2);
        this.#open.writeUInt16LE(right, runHashBytes + 4);
        this.#open.writeUInt16LE(pixels, runHashBytes + 6);
    }
    finish() {
        this.#close();
        const isWhole = this.#last.length <= this.#most;
        const rows = write(isWhole ? [...this.#first, ...this.#last] : this.#first);
        return isWhole ? { rows } : { rows, tail: write(this.#last.slice(-this.#most)) };
    }
    #close() {
        if (this.#open === undefined) {
            return;
        }
        if (this.#first.length < this.#most) {
            this.#first.push(this.#open);
            return;
        }
        this.#last.push(this.#open);
        if (this.#last.length > 4 * this.#most) {
            // More than `most`, so that it is not taken for the whole.
            this.#last = this.#last.slice(-this.#most - 1);
        }
    }
}
function write(runs) {
    const text = Buffer.concat(runs).toString('base64');
    if (text.length !== runs.length * runLength) {
        throw new Error('a run of rows must be written in whole characters');
    }
    return text;
}

;// CONCATENATED MODULE: ./build/compare/trace/region-tracer.js



/** In CSS pixels: what is no longer than that is a word or a digit, and the same digit in another word is another change. */
const smallPx = 64;
/** In CSS pixels: how far to both sides the neighbours of a small change are looked at. */
const aroundPx = 32;
/** Of three words for each pixel: how far it is from the one before and which picture has none, its colour before and after. */
const wordsPerPixel = 3;
const onlyActual = 1 << 17;
const onlyBaseline = 1 << 18;
/**
 * Takes down what one changed region shows, row by row: which pixels have which colours in both pictures. Pixels that are equal
 * in both or masked do not count, but those beside a small change.
 */
class RegionTracer {
    #region;
    #around;
    #hash = (0,external_node_crypto_namespaceObject.createHash)('sha256');
    #marks;
    #look;
    #entries;
    #neighbourWords;
    /**
     * @param pixelsPerCssPixel device pixels
     * @param mostRuns runs of equal rows that may be kept for cutting, at each end; 0: none
     */
    constructor(region, pixelsPerCssPixel, mostRuns) {
        this.#region = region;
        this.#around =
            Math.max(region.width, region.height) < smallPx * pixelsPerCssPixel ? Math.round(aroundPx * pixelsPerCssPixel) : 0;
        this.#marks = mostRuns > 0 ? new RowMarks(mostRuns) : undefined;
        this.#look = new LookFinder(region);
        this.#entries = new Uint32Array(region.width * wordsPerPixel);
        this.#neighbourWords = new Uint32Array(2 * (region.width + 2 * this.#around));
        this.#hash.update(`${region.width}x${region.height}`);
    }
    /** Adds the next row of the region, given that row of both pictures. */
    addRow(baseline, actual, masked) {
        const { x: start } = this.#region;
        const mark = this.#compare(baseline, actual, masked);
        this.#hash.update(Uint32Array.of(mark.pixels, mark.pixels === 0 ? 0 : mark.left - start));
        this.#hash.update(this.#entries.subarray(0, mark.pixels * wordsPerPixel));
        if (this.#around > 0) {
            this.#hash.update(this.#neighbours(baseline, actual, masked));
        }
        this.#marks?.add(mark, this.#entries.subarray(0, mark.pixels * wordsPerPixel));
        this.#look.endRow();
    }
    finish() {
        return { hash: this.#hash.digest('hex').slice(0, traceHashLength), ...this.#marks?.finish(), look: this.#look.finish() };
    }
    /** Writes down the pixels of the row that differ. */
    #compare(baseline, actual, masked) {
        const { x: start, width } = this.#region;
        let [pixels, left, last] = [0, 0, 0];
        for (let x = start; x < start + width; x++) {
            const [before, after] = [baseline?.[x], actual?.[x]];
            if (before === after || isMasked(masked, x)) {
                continue;
            }
            left = pixels === 0 ? x : left;
            this.#write(pixels, pixels === 0 ? 0 : x - last, before, after);
            this.#look.add(x - start, before, after);
            last = x;
            pixels += 1;
        }
        return { pixels, left, right: pixels === 0 ? 0 : last + 1 };
    }
    /** @param step how far the pixel is from the one before */
    #write(index, step, before, after) {
        const at = index * wordsPerPixel;
        this.#entries[at] = step | (before === undefined ? onlyActual : 0) | (after === undefined ? onlyBaseline : 0);
        this.#entries[at + 1] = before ?? 0;
        this.#entries[at + 2] = after ?? 0;
    }
    /** What both pictures have from before the region to behind it, whether or not it differs. */
    #neighbours(baseline, actual, masked) {
        const { x, width } = this.#region;
        const words = this.#neighbourWords.fill(0);
        const length = words.length / 2;
        for (let at = 0; at < length; at++) {
            const column = x - this.#around + at;
            const outside = column >= x + width || column < x;
            if (outside && column >= 0 && !isMasked(masked, column)) {
                words[at] = baseline?.[column] ?? 0;
                words[length + at] = actual?.[column] ?? 0;
            }
        }
        return words;
    }
}
/** Hexadecimal digits of SHA-256 that are kept: 128 bits, which nobody makes collide. */
const traceHashLength = 32;
function isMasked(spans, x) {
    return spans.some(({ start, end }) => start <= x && x < end);
}

;// CONCATENATED MODULE: ./build/compare/trace/trace-regions.js
var trace_regions_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var trace_regions_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});








/** Of one region at each of its ends: a header or a footer has fewer. */
const mostRunsAtAnEnd = 128;
/** In CSS pixels: a part of what is lower is nothing that a person would look for. */
const lowestCutPx = 32;
/** A tracer for a region that lies in a picture at `pixelsPerCssPixel`. */
function tracerOf(region, pixelsPerCssPixel) {
    const mayBeCut = region.height >= lowestCutPx * pixelsPerCssPixel;
    return new RegionTracer(region, pixelsPerCssPixel, mayBeCut ? mostRunsAtAnEnd : 0);
}
/** The traces of the regions of one capture, the largest region first, with as many rows as one capture may have. */
function finishTraces(tracers) {
    let left = mostTracedRuns * runLength;
    return tracers.map((tracer) => {
        const { rows = '', tail = '', ...trace } = tracer.finish();
        if (rows.length + tail.length > left || rows === '') {
            return trace;
        }
        left -= rows.length + tail.length;
        return { ...trace, rows, ...(tail === '' ? {} : { tail }) };
    });
}
/**
 * What each of these regions shows in two pictures that were compared before. The pictures are read row by row; undefined when one
 * of them is unreadable.
 * @param pixelsPerCssPixel of the pictures, whatever `pair.scale` says of its masks
 */
function traceRegions(pair, regions, pixelsPerCssPixel) {
    try {
        return trace(pair, regions, pixelsPerCssPixel);
    }
    catch (error) {
        if (error instanceof UnreadablePicture) {
            return undefined;
        }
        throw error;
    }
}
function trace({ baseline, actual, scale, settings }, regions, pixelsPerCssPixel) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const [a, b] = [openPicture(baseline), openPicture(actual)];
        const mask = new Mask(settings.mask, scale, unionOf(a.size, b.size));
        const traced = regions.map((region) => ({ region, tracer: tracerOf(region, pixelsPerCssPixel) }));
        const bottom = Math.max(0, ...regions.map(({ y, height }) => y + height));
        const kernelA = trace_regions_addDisposableResource(env_1, Kernel.borrow(), false);
        const kernelB = trace_regions_addDisposableResource(env_1, Kernel.borrow(), false);
        const [rowsOfA, rowsOfB] = [rowsOf(kernelA, a), rowsOf(kernelB, b)];
        for (let y = 0; y < bottom; y++) {
            const [before, after] = [rowsOfA(), rowsOfB()];
            for (const { region, tracer } of traced) {
                if (region.y <= y && y < region.y + region.height) {
                    tracer.addRow(before, after, mask.spansAt(y));
                }
            }
        }
        return finishTraces(traced.map(({ tracer }) => tracer));
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        trace_regions_disposeResources(env_1);
    }
}
/** The rows of a picture from top to bottom as words, each good until the next one; undefined below its end. */
function rowsOf(kernel, picture) {
    const { width, height } = picture.size;
    const reader = new PixelReader(kernel, picture);
    let y = 0;
    return () => {
        if (y === height) {
            return undefined;
        }
        y += 1;
        const row = kernel.view(reader.next(), width * 4);
        return new Uint32Array(row.buffer, row.byteOffset, width);
    };
}

;// CONCATENATED MODULE: ./build/compare/align/find-changes.js




/**
 * What differs between two pictures of one width once their equal rows are laid on each other: of as many rows as before the
 * places that differ, else the rows that came, went or were replaced, from side to side. All that is equal is left out, wherever
 * it lies now.
 */
function findChanges(runs, a, b, settings, pixelsPerCssPixel) {
    const found = gapsOf(runs, a, b)
        .flatMap((gap) => (gap.aEnd - gap.a === gap.bEnd - gap.b ? findPlaces(gap, a, b, settings) : [findReplaced(gap, a)]))
        .toSorted(({ region: one }, { region: other }) => other.diffPixels - one.diffPixels || one.y - other.y || one.x - other.x);
    const [rowsOfA, rowsOfB] = [rowReader(a), rowReader(b)];
    const tracers = found.map((one) => {
        const tracer = tracerOf(one.region, pixelsPerCssPixel);
        for (let row = 0; row < Math.max(one.baselineRows, one.actualRows); row++) {
            const before = one.baselineTop === undefined || row >= one.baselineRows ? undefined : rowsOfA(one.baselineTop + row);
            const after = one.actualTop === undefined || row >= one.actualRows ? undefined : rowsOfB(one.actualTop + row);
            tracer.addRow(before, after, []);
        }
        return tracer;
    });
    return { regions: found.map(({ region }) => region), traces: finishTraces(tracers) };
}
/** From top to bottom, without what was pushed out of a window of one height: nobody sees it, and it is as it was. */
function gapsOf(runs, a, b) {
    const gaps = [];
    const [rowsOfA, rowsOfB] = [rowReader(a), rowReader(b)];
    let [top, actualTop, equalAbove] = [0, 0, 0];
    for (const run of [...runs, { baselineTop: a.height, actualTop: b.height, rows: 0 }]) {
        const gap = { a: top, aEnd: run.baselineTop, b: actualTop, bEnd: run.actualTop };
        if (gap.a < gap.aEnd || gap.b < gap.bEnd) {
            gaps.push(slideUp(gap, equalAbove, rowsOfA, rowsOfB));
        }
        top = run.baselineTop + run.rows;
        actualTop = run.actualTop + run.rows;
        equalAbove = run.rows;
        const goesOn = a.height === b.height && Math.max(top, actualTop) < a.height && reachesEnd(top, actualTop, a, b);
        if (goesOn) {
            return [...gaps, ...cameIn(top - actualTop, b)];
        }
    }
    return gaps;
}
/** Whether from these rows on both pictures are equal until one of them ends. */
function reachesEnd(top, actualTop, a, b) {
    const [rowsOfA, rowsOfB] = [rowReader(a), rowReader(b)];
    return Array.from({ length: a.height - Math.max(top, actualTop) }).every((_, row) => sameRow(rowsOfA(top + row), rowsOfB(actualTop + row)));
}
/** What came into the window from below when the page moved up by so many rows, unless it is as blank as what is above it. */
function cameIn(byPx, { height, ...picture }) {
    const rowAt = rowReader({ height, ...picture });
    const isBlank = Array.from({ length: Math.max(0, byPx) }).every((_, row) => sameRow(rowAt(height - byPx - 1), rowAt(height - byPx + row)));
    return isBlank ? [] : [{ a: height, aEnd: height, b: height - byPx, bEnd: height }];
}
/**
 * Where the last row of what came or went equals the row above it, it may as well have come a row higher. The highest place counts,
 * or the same banner between blank rows would be another one on every page.
 */
function slideUp({ a, aEnd, b, bEnd }, equalAbove, rowsOfA, rowsOfB) {
    const isAlone = a === aEnd || b === bEnd;
    const [rowAt, top, end] = a === aEnd ? [rowsOfB, b, bEnd] : [rowsOfA, a, aEnd];
    let by = 0;
    while (isAlone && by < equalAbove && sameRow(rowAt(top - by - 1), rowAt(end - by - 1))) {
        by += 1;
    }
    return { a: a - by, aEnd: aEnd - by, b: b - by, bEnd: bEnd - by };
}
function rowReader({ pixels, width }) {
    const words = wordsOf(pixels);
    return (y) => words.subarray(y * width, (y + 1) * width);
}
function sameRow(one, other) {
    return one.every((word, at) => word === other[at]);
}
/** The places that differ in rows that are as many as they were. */
function findPlaces({ a, b, bEnd }, baseline, actual, settings) {
    const { width } = actual;
    const rows = bEnd - b;
    const different = differingPixels({ baselineTop: a, actualTop: b, rows }, baseline, actual, settings);
    const regions = new RegionFinder(width);
    for (let at = 0; at < different.length; at++) {
        if (different[at] !== 0) {
            const x = at % width;
            regions.addRun(b + Math.floor(at / width), x, x + 1);
        }
    }
    return regions.regions().map((region) => {
        const baselineTop = region.y - b + a;
        return {
            region: baselineTop === region.y ? region : { ...region, baselineY: baselineTop },
            baselineTop,
            actualTop: region.y,
            baselineRows: region.height,
            actualRows: region.height,
        };
    });
}
/** Rows that came, went, or took the place of others. */
function findReplaced({ a, aEnd, b, bEnd }, { width }) {
    const [baselineRows, actualRows] = [aEnd - a, bEnd - b];
    const place = actualRows === 0 ? { x: 0, y: a, width, height: baselineRows } : { x: 0, y: b, width, height: actualRows };
    const only = baselineRows === 0 ? 'actual' : actualRows === 0 ? 'baseline' : undefined;
    return {
        region: {
            ...place,
            diffPixels: width * Math.max(baselineRows, actualRows),
            ...(only === undefined ? {} : { only }),
            ...(only !== undefined || a === b ? {} : { baselineY: a }),
        },
        baselineTop: baselineRows === 0 ? undefined : a,
        actualTop: actualRows === 0 ? undefined : b,
        baselineRows,
        actualRows,
    };
}

;// CONCATENATED MODULE: ./build/compare/align/hash-rows.js

/** FNV-1a's prime for 32 bits, http://www.isthe.com/chongo/tech/comp/fnv/ */
const prime = 0x01000193;
const offsetBasis = 0x811c9dc5;
/** One 32-bit hash a row, of its pixels as 32-bit words: rows that are equal have the same. */
function hashRows({ width, height, pixels }) {
    const hashes = new Uint32Array(height);
    const words = wordsOf(pixels);
    for (let y = 0, at = 0; y < height; y++) {
        let hash = offsetBasis;
        for (const end = at + width; at < end; at++) {
            hash = Math.imul(hash ^ words[at], prime);
            // The prime moves nothing downwards, so without this the upper bytes of a pixel would not spread.
            hash ^= hash >>> 15;
        }
        hashes[y] = hash >>> 0;
    }
    return hashes;
}

;// CONCATENATED MODULE: ./build/compare/align/match-rows.js
/** Shorter runs are chance: a rule of one row lies on many pages. */
const shortestRun = 3;
/**
 * Matches rows as a line diff does: equal ends first, then the rows that are unique in both as anchors, the longest
 * sequence of them that is in order in both ("patience diff", Bram Cohen), and the same again between two anchors.
 * O(n log n) for each level of nesting. Rows are told apart by `baseline[y]` and `actual[y]`, their hashes.
 * @returns runs from top to bottom, never crossing each other
 */
function matchRows(baseline, actual) {
    const runs = [];
    const open = [{ a: 0, aEnd: baseline.length, b: 0, bEnd: actual.length }];
    for (let range = open.pop(); range !== undefined; range = open.pop()) {
        const rest = trimEnds(range, baseline, actual, runs);
        const anchors = rest.a < rest.aEnd && rest.b < rest.bEnd ? anchorsOf(rest, baseline, actual) : [];
        let { a, b } = rest;
        for (const anchor of anchors) {
            open.push({ a, aEnd: anchor.a, b, bEnd: anchor.b });
            runs.push({ baselineTop: anchor.a, actualTop: anchor.b, rows: 1 });
            a = anchor.a + 1;
            b = anchor.b + 1;
        }
        if (anchors.length > 0) {
            open.push({ a, aEnd: rest.aEnd, b, bEnd: rest.bEnd });
        }
    }
    return joinRuns(runs).filter(({ rows }) => rows >= shortestRun);
}
/** Takes equal rows off both ends; returns what lies between. */
function trimEnds({ a, aEnd, b, bEnd }, baseline, actual, runs) {
    let head = 0;
    const most = Math.min(aEnd - a, bEnd - b);
    while (head < most && baseline[a + head] === actual[b + head]) {
        head += 1;
    }
    let tail = 0;
    while (tail < most - head && baseline[aEnd - 1 - tail] === actual[bEnd - 1 - tail]) {
        tail += 1;
    }
    if (head > 0) {
        runs.push({ baselineTop: a, actualTop: b, rows: head });
    }
    if (tail > 0) {
        runs.push({ baselineTop: aEnd - tail, actualTop: bEnd - tail, rows: tail });
    }
    return { a: a + head, aEnd: aEnd - tail, b: b + head, bEnd: bEnd - tail };
}
/** Rows that occur once in either range behind the row before them, as many as are in the same order in both. */
function anchorsOf({ a, aEnd, b, bEnd }, baseline, actual) {
    const inActual = uniqueRows(actual, b, bEnd);
    const pairs = [];
    for (const [hash, at] of uniqueRows(baseline, a, aEnd)) {
        const other = inActual.get(hash);
        if (at >= 0 && other !== undefined && other >= 0) {
            pairs.push({ a: at, b: other });
        }
    }
    return longestIncreasing(pairs.sort((one, two) => one.a - two.a));
}
/**
 * Where each row is, from top to bottom; -1 for one that occurs more than once. A row counts together with the one above
 * it: within an area of one colour all rows are alike, but it begins once.
 */
function uniqueRows(hashes, from, to) {
    const places = new Map();
    for (let y = from; y < to; y++) {
        const pair = (hashes[y - 1] ?? 0) * 0x1_0000 + hashes[y];
        places.set(pair, places.has(pair) ? -1 : y);
    }
    return places;
}
/** The longest subsequence whose `b` increases, by patience sorting. */
function longestIncreasing(pairs) {
    const tops = [];
    for (const pair of pairs) {
        let low = 0;
        for (let high = tops.length; low < high;) {
            const middle = (low + high) >> 1;
            if ((tops[middle]?.pair.b ?? 0) < pair.b) {
                low = middle + 1;
            }
            else {
                high = middle;
            }
        }
        tops[low] = { pair, before: tops[low - 1] };
    }
    const longest = [];
    for (let card = tops.at(-1); card !== undefined; card = card.before) {
        longest.push(card.pair);
    }
    return longest.reverse();
}
/** Runs in order, those that follow each other at once as one. */
function joinRuns(runs) {
    const joined = [];
    for (const run of runs.sort((one, two) => one.baselineTop - two.baselineTop)) {
        const last = joined.at(-1);
        const follows = last !== undefined && last.baselineTop + last.rows === run.baselineTop && last.actualTop + last.rows === run.actualTop;
        if (follows) {
            joined[joined.length - 1] = { ...last, rows: last.rows + run.rows };
        }
        else {
            joined.push(run);
        }
    }
    return joined;
}

;// CONCATENATED MODULE: ./build/compare/align/pair-rows.js
/**
 * Lays both pictures on each other along their equal rows. Between two runs of those the rows are paired from the top or
 * from the bottom, whichever leaves less to differ; what one side has more is inserted or removed.
 */
function pairRows(runs, baselineHeight, actualHeight, countDiffering) {
    const bands = [];
    let [baselineTop, actualTop] = [0, 0];
    for (const run of [...runs, { baselineTop: baselineHeight, actualTop: actualHeight, rows: 0 }]) {
        bands.push(...pairGap(baselineTop, run.baselineTop, actualTop, run.actualTop, countDiffering));
        if (run.rows > 0) {
            bands.push({ kind: 'equal', ...run });
        }
        baselineTop = run.baselineTop + run.rows;
        actualTop = run.actualTop + run.rows;
    }
    return bands;
}
function pairGap(a, aEnd, b, bEnd, countDiffering) {
    const rows = Math.min(aEnd - a, bEnd - b);
    const left = aEnd - a + bEnd - b - 2 * rows;
    const kind = aEnd - a > bEnd - b ? 'removed' : 'inserted';
    const fromTop = left === 0 || rows === 0 || countDiffering(a, b, rows) <= countDiffering(aEnd - rows, bEnd - rows, rows);
    const paired = { kind: 'paired', baselineTop: fromTop ? a : aEnd - rows, actualTop: fromTop ? b : bEnd - rows, rows };
    const single = { kind, baselineTop: fromTop ? a + rows : a, actualTop: fromTop ? b + rows : b, rows: left };
    return (fromTop ? [paired, single] : [single, paired]).filter((band) => band.rows > 0);
}

;// CONCATENATED MODULE: ./build/compare/align/align.js










/** A page has moved when that leaves at most this share of the differences: otherwise it says nothing. */
const explainedShare = 0.5;
/** Both pictures are held whole, 4 bytes a pixel: 20 million are a page of 1280 × 15,600. */
const largestPx = 20_000_000;
/** Of the rows with something to see in them, at least this share must be found again: otherwise it is another page. */
const foundShare = 0.5;
/**
 * Whether the page moved, or grew at its end: rows of both pictures are matched as a line diff does. Undefined when
 * that explains less than half of the `strictDiffPixels`, or the widths differ.
 */
async function alignPair({ baseline, actual, scale, settings }, strictDiffPixels, pixelsPerCssPixel) {
    const a = tryDecode(baseline, largestPx);
    const b = a === undefined ? undefined : tryDecode(actual, largestPx);
    if (a === undefined || b === undefined || a.width !== b.width) {
        return undefined;
    }
    for (const picture of [a, b]) {
        blankOut(picture, new Mask(settings.mask, scale, picture));
    }
    const hashes = [hashRows(a), hashRows(b)];
    const runs = matchRows(...hashes);
    if (!areEqual(runs, a, b)) {
        return undefined;
    }
    const shifts = shiftsOf(runs, hashes[0]);
    // A window of one height is cut off wherever it ends, so its end says nothing.
    const endPx = a.height === b.height ? 0 : b.height - a.height - (shifts.at(-1)?.byPx ?? 0);
    if ((shifts.length === 0 && endPx === 0) || !isSamePage(runs, hashes[0])) {
        return undefined;
    }
    const bands = pairRows(runs, a.height, b.height, differingWords(a, b));
    const { diffPixels, blocks, picture } = compareBands(bands, a, b, settings);
    if (diffPixels > strictDiffPixels * explainedShare) {
        return undefined;
    }
    const drift = { kind: 'moved', shifts: shifts.slice(0, listedShifts), shiftCount: shifts.length, endPx, blocks };
    return { drift, diffPixels, picture: await picture.encode(), ...findChanges(runs, a, b, settings, pixelsPerCssPixel) };
}
/** Rows are matched by their hashes, and what counts as equal is shown to nobody. */
function areEqual(runs, a, b) {
    const countDiffering = differingWords(a, b);
    return runs.every(({ baselineTop, actualTop, rows }) => countDiffering(baselineTop, actualTop, rows) === 0);
}
/** Lays the bands below each other and compares those that are paired. */
function compareBands(bands, a, b, settings) {
    const rows = bands.reduce((sum, band) => sum + band.rows, 0);
    const picture = new AlignedPicture(a.width, rows);
    const regions = new RegionFinder(a.width);
    let diffPixels = 0;
    for (const band of bands) {
        const top = picture.addBand(band, a, b);
        if (band.kind !== 'paired') {
            continue;
        }
        const different = differingPixels(band, a, b, settings);
        for (let at = 0; at < different.length; at++) {
            if (different[at] === 0) {
                continue;
            }
            const [x, y] = [at % a.width, top + Math.floor(at / a.width)];
            picture.mark(x, y);
            regions.addRun(y, x, x + 1);
            diffPixels += 1;
        }
    }
    return { diffPixels, blocks: regions.regions().length, picture };
}
/** What is masked is the same in both. */
function blankOut({ width, height, pixels }, mask) {
    for (let y = 0; y < height; y++) {
        for (const { start, end } of mask.spansAt(y)) {
            pixels.fill(0, (y * width + start) * 4, (y * width + end) * 4);
        }
    }
}
/** Whether most of the baseline's rows are found again; those of the background say nothing. */
function isSamePage(runs, hashes) {
    const counts = new Map();
    for (const hash of hashes) {
        counts.set(hash, (counts.get(hash) ?? 0) + 1);
    }
    const background = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0])[0];
    const inked = (rows) => rows.reduce((sum, hash) => sum + (hash === background ? 0 : 1), 0);
    const found = runs.reduce((sum, { baselineTop, rows }) => sum + inked(hashes.subarray(baselineTop, baselineTop + rows)), 0);
    return found >= inked(hashes) * foundShare;
}
/** Where runs with something to see in them begin to lie at another offset. */
function shiftsOf(runs, hashes) {
    const shifts = [];
    for (const { baselineTop, actualTop, rows } of runs) {
        const byPx = actualTop - baselineTop;
        const isPlain = hashes.subarray(baselineTop, baselineTop + rows).every((hash) => hash === hashes[baselineTop]);
        if (isPlain || byPx === (shifts.at(-1)?.byPx ?? 0)) {
            continue;
        }
        const nothingAbove = hashes.subarray(0, baselineTop).every((hash) => hash === hashes[0]);
        shifts.push({ y: nothingAbove ? 0 : baselineTop, byPx });
    }
    return shifts;
}
function differingWords(a, b) {
    const [one, two] = [wordsOf(a.pixels), wordsOf(b.pixels)];
    return (baselineTop, actualTop, rows) => {
        const [from, to] = [baselineTop * a.width, actualTop * a.width];
        let count = 0;
        for (let at = 0; at < rows * a.width; at++) {
            if (one[from + at] !== two[to + at]) {
                count += 1;
            }
        }
        return count;
    };
}

;// CONCATENATED MODULE: ./build/compare/blank.js

/** Smaller pictures are icons, rules and swatches, which may well be of one colour. About 100 × 100. */
const smallestPagePx = 10_000;
/** A picture is near-blank when at most this share of its pixels is not of its most common colour. */
const blankInkRatio = 0.0001;
/** Two samples this close are one colour to the eye, of 255. */
const sameColour = 8;
/** Compressed, a near-blank picture takes under 1/250 byte a pixel and a line of text some hundreds; the bound is four times that. */
const maxBytesPerPixel = 0.02;
/** Whether it is worth decoding: what takes more bytes than this cannot be near-blank, as PNG encoders write it. */
function mayBeBlank(sizeBytes, { width, height }) {
    return width * height >= smallestPagePx && sizeBytes <= 4096 + width * height * maxBytesPerPixel;
}
/** Whether a page of this picture shows nothing; see `blankInkRatio`. The PNG was checked before. */
function isBlank(png) {
    const decoded = tryDecode(png);
    if (decoded === undefined || decoded.width * decoded.height < smallestPagePx) {
        return false;
    }
    const { pixels } = decoded;
    const words = wordsOf(pixels);
    const [red = 0, green = 0, blue = 0] = blank_coloursOf(mostCommon(words));
    let ink = 0;
    for (let at = 0; at < pixels.length; at += 4) {
        const differs = Math.abs(pixels[at] - red) > sameColour ||
            Math.abs(pixels[at + 1] - green) > sameColour ||
            Math.abs(pixels[at + 2] - blue) > sameColour;
        if (differs) {
            ink += 1;
        }
    }
    return ink <= words.length * blankInkRatio;
}
/**
 * The colour that more than half of the pixels have, if there is one (Boyer and Moore's majority vote); for any other
 * picture some colour of it, which is as good: it is not blank then.
 */
function mostCommon(words) {
    let [candidate, lead] = [0, 0];
    for (const word of words) {
        if (lead === 0) {
            candidate = word;
        }
        lead += word === candidate ? 1 : -1;
    }
    return candidate;
}
function blank_coloursOf(word) {
    return new Uint8Array(new Uint32Array([word]).buffer);
}

;// CONCATENATED MODULE: ./build/basics/record.js
/** Whether the value is an object whose fields can be looked at: neither null nor a list. */
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The fields that have a value, to be spread into an object: `{ id, ...defined({ url, size }) }`. */
function defined(fields) {
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
/** A field of a value from outside; undefined when it is no record or has no such field. */
function fieldOf(value, key) {
    return isRecord(value) ? value[key] : undefined;
}
/** The same, where it is a text. */
function textOf(value, key) {
    const text = fieldOf(value, key);
    return typeof text === 'string' ? text : undefined;
}

;// CONCATENATED MODULE: ./build/compare/bands.js
/** pixelmatch looks at up to two rows above and below a pixel: at its neighbours, and at theirs. */
const reach = 2;
/**
 * The bands of rows from `from` to `to` (excluded) for which `differs` holds. Those that would share rows of padding, four
 * rows or fewer apart, are one.
 */
function* findBands(differs, from, to) {
    let top;
    let bottom = from;
    for (let y = from; y < to; y++) {
        if (!differs(y)) {
            continue;
        }
        if (top !== undefined && y - bottom > 2 * reach) {
            yield { top, bottom };
            top = y;
        }
        top ??= y;
        bottom = y + 1;
    }
    if (top !== undefined) {
        yield { top, bottom };
    }
}
/** The band with the rows that pixelmatch needs around it, as far as a picture of `height` has them. */
function padded({ top, bottom }, height) {
    return { top: Math.max(0, top - reach), bottom: Math.min(height, bottom + reach) };
}

;// CONCATENATED MODULE: ./build/compare/window-side.js


/**
 * Rows of a slab stand below those that must stay from before: the last ones that wait for the rows below them, and the
 * ones that these need above.
 */
const kept = 2 * reach;
/** One picture's part of a PairWindow: where its rows are in the kernel's memory. */
class WindowSide {
    picture;
    rowBytes;
    #kernel;
    #rows;
    /** Bytes of a row as the file has it. */
    #stride;
    /** A slab as it comes from the file. */
    #filtered = 0;
    /** The kept rows, then the slab, as RGBA. */
    #pixels;
    /** The last row of the slab before, not masked, which the first row of the next one builds on. */
    #above;
    constructor(kernel, picture, slabRows) {
        this.picture = picture;
        this.rowBytes = picture.size.width * 4;
        this.#kernel = kernel;
        this.#rows = picture.start(kernel, slabRows);
        this.#stride = strideOf(picture);
        this.#pixels = kernel.reserve((kept + slabRows) * this.rowBytes);
        this.#above = kernel.reserve(this.rowBytes);
        kernel.fill(this.#above, this.rowBytes, 0);
    }
    /** Reads the next `rows` rows in place of the slab of `rowsBefore` rows, keeping the last ones of that above them. */
    read(rows, rowsBefore) {
        this.#filtered = this.#rows.read(rows);
        this.#kernel.copy(this.#pixels, this.#pixels + rowsBefore * this.rowBytes, kept * this.rowBytes);
    }
    unfilter(row) {
        const above = row === 0 ? this.#above : this.pixelsAt(row - 1);
        const { bytesPerPixel, size } = this.picture;
        this.#kernel.call.unfilterRow(this.filteredAt(row), bytesPerPixel, size.width, above, this.pixelsAt(row));
    }
    /** To be called when a slab's `rows` rows are unfiltered, before any is masked. */
    keepLast(rows) {
        this.#kernel.copy(this.#above, this.pixelsAt(rows - 1), this.rowBytes);
    }
    finish(rowsLeft, slabRows) {
        skipRows(this.#rows, rowsLeft, slabRows);
        this.#rows.finish();
    }
    filteredAt(row) {
        return this.#filtered + row * this.#stride;
    }
    /** Where row `row` of the slab stands; those before have negative numbers. */
    pixelsAt(row) {
        return this.#pixels + (kept + row) * this.rowBytes;
    }
}

;// CONCATENATED MODULE: ./build/compare/pair-window.js



/**
 * Reads the area that two pictures have in common from top to bottom, holding a slab of rows of each at a time, and says
 * which rows differ. The second picture is unfiltered only where its filtered row differs or the row above does.
 */
class PairWindow {
    /** Most rows that can be had at once. */
    mostRows;
    #slabRows;
    #kernel;
    #pair;
    #baseline;
    #actual;
    /** For each row of the window, 1 when the pictures differ there: as they are, and with the masks applied. */
    #differs;
    #differsUnmasked;
    /** Which row of the pictures the slab's first one is, and rows of the slab. */
    #slabTop = 0;
    #rows = 0;
    constructor(kernel, pair) {
        const { baseline, actual, area } = pair;
        this.#slabRows = Math.min(area.height, rowsWithin(Math.max(strideOf(baseline), strideOf(actual)), pair.slabBytes));
        this.mostRows = kept + this.#slabRows;
        this.#baseline = new WindowSide(kernel, baseline, this.#slabRows);
        this.#actual = new WindowSide(kernel, actual, this.#slabRows);
        this.#differs = new Uint8Array(this.mostRows);
        this.#differsUnmasked = new Uint8Array(this.mostRows);
        this.#pair = pair;
        this.#kernel = kernel;
    }
    /** The row below the last one that was read. */
    get bottom() {
        return this.#slabTop + this.#rows;
    }
    /**
     * Moves on to the next rows of the area. The last ones of those before stay to be had, twice as many as pixelmatch reaches.
     * @throws UnreadablePicture
     */
    read() {
        const rows = Math.min(this.#slabRows, this.#pair.area.height - this.bottom);
        for (const flags of [this.#differs, this.#differsUnmasked]) {
            flags.copyWithin(0, this.#rows, this.#rows + kept);
        }
        this.#readSlab([this.#baseline, this.#actual], rows);
        for (let row = 0; row < rows; row++) {
            this.#unfilter(row);
        }
        for (const side of [this.#baseline, this.#actual]) {
            side.keepLast(rows);
        }
        for (let row = 0; row < rows; row++) {
            this.#applyMask(row);
        }
    }
    /** Whether the pictures differ in row `y` where it is not masked. */
    differs(y) {
        return this.#differs[kept + y - this.#slabTop] === 1;
    }
    /** Rows of the area in one picture, aligned and without gaps, a masked pixel having the baseline's colour. Good until the next read. */
    pixels(which, { top, bottom }) {
        const side = this.#side(which);
        const rowBytes = this.#pair.area.width * 4;
        const start = side.pixelsAt(top - this.#slabTop);
        if (side.rowBytes === rowBytes) {
            return this.#kernel.view(start, (bottom - top) * rowBytes);
        }
        const cropped = new Uint8Array((bottom - top) * rowBytes);
        for (let row = 0; row < bottom - top; row++) {
            cropped.set(this.#kernel.view(start + row * side.rowBytes, rowBytes), row * rowBytes);
        }
        return cropped;
    }
    /** Whether no pixel of these rows is translucent in a picture. */
    isOpaque(which, { top, bottom }) {
        const side = this.#side(which);
        if (side.picture.bytesPerPixel === 3) {
            return true;
        }
        const pixels = (bottom - top) * side.picture.size.width;
        return this.#kernel.call.areOpaque(side.pixelsAt(top - this.#slabTop), pixels) === 1;
    }
    /**
     * Reads both pictures to their ends.
     * @throws UnreadablePicture
     */
    finish() {
        const { baseline, actual, area, onActualRow } = this.#pair;
        this.#baseline.finish(baseline.size.height - area.height, this.#slabRows);
        while (onActualRow !== undefined && this.bottom < actual.size.height) {
            const rows = Math.min(this.#slabRows, actual.size.height - this.bottom);
            this.#readSlab([this.#actual], rows);
            for (let row = 0; row < rows; row++) {
                this.#actual.unfilter(row);
                onActualRow(this.#slabTop + row, this.#actual.pixelsAt(row));
            }
            this.#actual.keepLast(rows);
        }
        this.#actual.finish(actual.size.height - this.bottom, this.#slabRows);
    }
    #readSlab(sides, rows) {
        for (const side of sides) {
            side.read(rows, this.#rows);
        }
        this.#slabTop += this.#rows;
        this.#rows = rows;
    }
    #side(which) {
        return which === 'baseline' ? this.#baseline : this.#actual;
    }
    /** Makes a row of the slab pixels in both pictures. */
    #unfilter(row) {
        const [a, b] = [this.#baseline, this.#actual];
        a.unfilter(row);
        const sameAbove = this.#differsUnmasked[kept + row - 1] === 0;
        if (sameAbove && this.#hasSameData(row)) {
            this.#kernel.copy(b.pixelsAt(row), a.pixelsAt(row), a.rowBytes);
            this.#differsUnmasked[kept + row] = 0;
        }
        else {
            b.unfilter(row);
            this.#differsUnmasked[kept + row] = this.#compare(row);
        }
        this.#differs[kept + row] = this.#differsUnmasked[kept + row];
        this.#pair.onActualRow?.(this.#slabTop + row, b.pixelsAt(row));
    }
    /** Filters build on what is to the left and above, so equal data below an equal row are equal pixels. */
    #hasSameData(row) {
        const [a, b] = [this.#baseline, this.#actual];
        const { bytesPerPixel, size } = a.picture;
        if (bytesPerPixel !== b.picture.bytesPerPixel || size.width !== b.picture.size.width) {
            return false;
        }
        return this.#kernel.call.areEqual(a.filteredAt(row), b.filteredAt(row), 1 + size.width * bytesPerPixel) === 1;
    }
    /** 1 when the pixels of a row of the area differ, else 0. */
    #compare(row) {
        const [a, b] = [this.#baseline.pixelsAt(row), this.#actual.pixelsAt(row)];
        return this.#kernel.call.areEqual(a, b, this.#pair.area.width * 4) === 1 ? 0 : 1;
    }
    /** A masked pixel takes the baseline's colour in both pictures. */
    #applyMask(row) {
        if (!this.differs(this.#slabTop + row)) {
            return;
        }
        const [a, b] = [this.#baseline.pixelsAt(row), this.#actual.pixelsAt(row)];
        const spans = this.#pair.mask.spansAt(this.#slabTop + row);
        for (const { start, end } of spans) {
            const pixels = Math.min(end, this.#pair.area.width) - start;
            if (pixels > 0) {
                this.#kernel.copy(b + start * 4, a + start * 4, pixels * 4);
            }
        }
        if (spans.length > 0) {
            this.#differs[kept + row] = this.#compare(row);
        }
    }
}

;// CONCATENATED MODULE: ./build/compare/pixel-judge.js

/** Asks pixelmatch which pixels differ, and tells it row by row. */
class PixelJudge {
    #width;
    #options;
    #onRow;
    #onPiece;
    #bits;
    /** @param width of the rows, in pixels */
    constructor(width, { threshold, includeAntiAliasing }, onRow, onPiece) {
        this.#width = width;
        this.#options = { threshold, includeAA: includeAntiAliasing, diffMask: true };
        this.#onRow = onRow;
        this.#onPiece = onPiece;
        this.#bits = new Uint8Array(Math.ceil(width / 8));
    }
    /** Judges a piece and tells of its `inner` rows; the others are there for pixelmatch to look at. */
    judge(piece, inner) {
        this.#onPiece?.(piece, inner);
        const { rows, baseline, actual, answer } = piece;
        answer.fill(0);
        const differing = pixelmatch(baseline, actual, answer, this.#width, rows.bottom - rows.top, this.#options);
        if (differing === 0) {
            return;
        }
        // A mask: what does not differ is left as it was.
        const mask = new Uint32Array(answer.buffer, answer.byteOffset, answer.length / 4);
        for (let y = inner.top; y < inner.bottom; y++) {
            this.#tell(y, mask, (y - rows.top) * this.#width);
        }
    }
    #tell(y, mask, start) {
        const bits = this.#bits.fill(0);
        let diffPixels = 0;
        for (let x = 0; x < this.#width; x++) {
            if (mask[start + x] === 0) {
                continue;
            }
            bits[x >> 3] = bits[x >> 3] | (1 << (x & 7));
            diffPixels += 1;
        }
        if (diffPixels > 0) {
            this.#onRow(y, diffPixels, bits);
        }
    }
}

;// CONCATENATED MODULE: ./build/compare/compare-rows.js





/**
 * Finds the differing pixels of the area that two pictures have in common. Only bands of differing rows are shown to
 * pixelmatch, with the rows around them that it looks at, which finds the same as in the whole pictures: what is beyond
 * its reach cannot matter. But translucent pixels it blends with a background that depends on their place in the
 * picture, so from the first band with any on, the pictures are shown to it whole. What it is shown, `onPiece` is shown too.
 * @throws UnreadablePicture, or UnreadableFile for one that would have to be held whole and is too large for that
 */
function compareRows(kernel, comparison, onRow, onPiece) {
    const window = new PairWindow(kernel, comparison);
    const judge = new PixelJudge(comparison.area.width, comparison, onRow, onPiece);
    const translucent = judgeBands(kernel, window, judge, comparison);
    if (translucent !== undefined) {
        judgeWhole(kernel, judge, comparison, translucent);
    }
}
/** Judges bands until one is translucent. A band that goes beyond the window is judged piece by piece. */
function judgeBands(kernel, window, judge, { area: { width, height } }) {
    const answers = kernel.reserve(window.mostRows * width * 4);
    for (let judged = 0; judged < height;) {
        window.read();
        // The last rows wait for what is below them.
        const end = window.bottom === height ? height : Math.max(judged, window.bottom - reach);
        for (const band of findBands((y) => window.differs(y), judged, end)) {
            const rows = padded(band, height);
            const which = findTranslucent(window, rows);
            if (which !== undefined) {
                return { y: band.top, which };
            }
            const [baseline, actual] = [window.pixels('baseline', rows), window.pixels('actual', rows)];
            judge.judge({ rows, baseline, actual, answer: kernel.view(answers, baseline.length) }, band);
        }
        judged = end;
    }
    window.finish();
    return undefined;
}
function findTranslucent(window, rows) {
    return ['actual', 'baseline'].find((which) => !window.isOpaque(which, rows));
}
/** Starts anew with the pictures held whole, and tells what has not been told: the rows from `y` on. */
function judgeWhole(kernel, judge, comparison, { y, which }) {
    const { width, height } = comparison.area;
    const { onActualRow } = comparison;
    naming(which, () => checkHeldWhole(comparison[which].size));
    const [baseline, actual, answer] = [wholePicture(), wholePicture(), wholePicture()];
    const window = new PairWindow(kernel, {
        ...comparison,
        onActualRow: (row, pixels) => {
            if (row >= y) {
                onActualRow?.(row, pixels);
            }
        },
    });
    while (window.bottom < height) {
        const top = window.bottom;
        window.read();
        const rows = { top, bottom: window.bottom };
        baseline.set(window.pixels('baseline', rows), top * width * 4);
        actual.set(window.pixels('actual', rows), top * width * 4);
    }
    window.finish();
    judge.judge({ rows: { top: 0, bottom: height }, baseline, actual, answer }, { top: y, bottom: height });
    function wholePicture() {
        return new Uint8Array(width * height * 4);
    }
}

;// CONCATENATED MODULE: ./build/compare/hatching.js
/** Distance of two lines of the hatching and their width, in device pixels. */
const stripe = { distance: 12, width: 3 };
const hatchColour = [37, 99, 235];
/** Calls `paint` for each pixel of an area's hatching and its frame, as far as they lie in a picture of this size. */
function hatchArea(area, { width, height }, paint) {
    const [right, bottom] = [Math.min(area.x + area.width, width), Math.min(area.y + area.height, height)];
    for (let y = area.y; y < bottom; y++) {
        for (let x = area.x; x < right; x++) {
            const onFrame = x === area.x || y === area.y || x === right - 1 || y === bottom - 1;
            if (onFrame || (x + y) % stripe.distance < stripe.width) {
                paint(x, y);
            }
        }
    }
}

;// CONCATENATED MODULE: ./build/compare/diff-palette.js

/** The kernel tells eight shades of a page, from black (0) to white (7). */
const diff_palette_shades = 8;
/** As many are left of them under a tint. */
const tintedShades = 3;
/** From a colour to white. */
function paler(from, steps) {
    return Array.from({ length: steps }, (_, step) => {
        const pale = (sample) => Math.round(sample + ((255 - sample) * step) / (steps - 1));
        return [pale(from[0]), pale(from[1]), pale(from[2])];
    });
}
const masked = diff_palette_shades;
const diff_palette_onlyActual = masked + tintedShades;
/** Places in the palette of a diff picture. The page itself is 0 to 7, as the kernel shades it. */
const diffIndex = {
    /** Beyond both pictures. */
    nothing: 4,
    white: diff_palette_shades - 1,
    differing: diff_palette_onlyActual + tintedShades,
    onlyBaseline: diff_palette_onlyActual + tintedShades + 1,
};
/** What a diff picture is made of: a pale gray page, red where it differs, tints for what was not or could not be compared. */
const diffPalette = [
    ...paler([150, 150, 156], diff_palette_shades),
    ...paler([120, 160, 240], tintedShades).map(([red, green]) => [Math.min(red, 225), Math.min(green, 235), 255]),
    ...paler([235, 130, 140], tintedShades).map(([, green, blue]) => [255, Math.min(green, 222), Math.min(blue, 226)]),
    [224, 0, 32],
    [240, 140, 150],
];
const shaded = diffPalette.length;
/** The same and more, where a shade changed or something is hatched: more than four bits hold. */
const widePalette = [
    ...diffPalette,
    ...paler([214, 130, 20], tintedShades).map(([red, green, blue]) => [red, Math.min(green, 222), Math.min(blue, 130)]),
    hatchColour,
];
/** What is hatched. */
const hatchedIndex = widePalette.length - 1;
/** A shade of the page as it looks where its colour changed by less than the threshold. */
function shadedShade(shade) {
    return shaded + tinted(shade);
}
/** A shade of the page as it looks under a mask. */
function maskedShade(shade) {
    return masked + tinted(shade);
}
/** A shade of the page as it looks where only the actual picture has it. */
function onlyActualShade(shade) {
    return diff_palette_onlyActual + tinted(shade);
}
function tinted(shade) {
    return Math.floor((Math.min(shade, diff_palette_shades - 1) * tintedShades) / diff_palette_shades);
}

;// CONCATENATED MODULE: ./build/compare/shades/shaded-pixels.js
/** Remembers which pixels are shifted, a bit for each. */
class ShadedPixels {
    #rowBytes;
    #rows = new Map();
    /** @param width in pixels */
    constructor(width) {
        this.#rowBytes = Math.ceil(width / 8);
    }
    /** Adds the pixels `start` to `end` (excluded) of row `y`. */
    add(y, start, end) {
        const row = this.#rows.get(y) ?? new Uint8Array(this.#rowBytes);
        this.#rows.set(y, row);
        forBytes(start, end, (at, bits) => {
            row[at] = row[at] | bits;
        });
    }
    /** Those that lie in the areas, from top to bottom. */
    within(areas) {
        const within = new Map();
        for (const [y, row] of this.#rows) {
            for (const area of areas) {
                if (y < area.y || y >= area.y + area.height) {
                    continue;
                }
                const chosen = within.get(y) ?? new Uint8Array(this.#rowBytes);
                within.set(y, chosen);
                forBytes(area.x, area.x + area.width, (at, bits) => {
                    chosen[at] = chosen[at] | (row[at] & bits);
                });
            }
        }
        return within;
    }
}
/** Calls `use` for each byte that holds any of the bits `start` to `end` (excluded), with those of them that it holds. */
function forBytes(start, end, use) {
    for (let at = start >> 3; at * 8 < end; at++) {
        const from = Math.max(start - at * 8, 0);
        const to = Math.min(end - at * 8, 8);
        use(at, (0xff << from) & (0xff >> (8 - to)));
    }
}
/** Calls `use` with the place of each bit that is set in a row. */
function forBits(row, use) {
    for (let at = 0; at < row.length; at++) {
        for (let left = row[at]; left !== 0; left &= left - 1) {
            use(8 * at + 31 - Math.clz32(left & -left));
        }
    }
}

;// CONCATENATED MODULE: ./build/compare/verdict.js

/** The pixels of row `y` that only one of the pictures has; none where neither or both have them. */
function unpairedSpan(y, baseline, actual) {
    const a = y < baseline.height ? baseline.width : 0;
    const b = y < actual.height ? actual.width : 0;
    return { start: Math.min(a, b), end: Math.max(a, b) };
}
/** diffPixels as a share of the union's pixels, masked ones included. */
function describeComparison(differences, baselineSize, actualSize) {
    const union = unionOf(baselineSize, actualSize);
    const { diffPixels, maskedPixels, regions } = differences;
    return { diffPixels, diffRatio: diffPixels / (union.width * union.height), maskedPixels, baselineSize, actualSize, regions };
}
/** Both allowances set: both must hold. None set: nothing may differ. */
function decideStatus({ diffPixels, diffRatio }, { maxDiffPixels, maxDiffRatio }) {
    if (maxDiffPixels === undefined && maxDiffRatio === undefined) {
        return diffPixels === 0 ? 'unchanged' : 'changed';
    }
    const within = diffPixels <= (maxDiffPixels ?? Infinity) && diffRatio <= (maxDiffRatio ?? Infinity);
    return within ? 'unchanged' : 'changed';
}

;// CONCATENATED MODULE: ./build/compare/diff-canvas.js





/** Width of the stripes where only the baseline has a picture, in pixels; a power of two. */
const diff_canvas_stripe = 8;
/**
 * Where a diff picture is painted while two pictures are compared, so that neither is read again for it: the actual one pale
 * and gray; differing pixels in strong red; masked areas in blue; what only the actual picture has in pink; what only the
 * baseline has as red stripes.
 */
class DiffCanvas {
    #kernel;
    #baselineSize;
    #actualSize;
    #size;
    #stride;
    #rows;
    #shades;
    #packed;
    constructor(kernel, baselineSize, actualSize) {
        this.#kernel = kernel;
        this.#baselineSize = baselineSize;
        this.#actualSize = actualSize;
        this.#size = unionOf(baselineSize, actualSize);
        this.#stride = indexedStride(this.#size.width);
        this.#rows = new Uint8Array(this.#stride * this.#size.height);
        this.#shades = kernel.reserve(actualSize.width);
        this.#packed = kernel.reserve(this.#stride);
    }
    /** Paints a row of the actual picture, given where its pixels stand in the kernel's memory. */
    paintPage(y, pixels) {
        const { width } = this.#actualSize;
        this.#kernel.call.shadeRow(pixels, width, this.#shades);
        this.#kernel.call.packIndexes(this.#shades, width, this.#packed);
        this.#rows.set(this.#kernel.view(this.#packed, Math.ceil(width / 2)), y * this.#stride + 1);
        // Half a byte is left over, which holds the shade of anything.
        if (width % 2 === 1) {
            this.#set(width, y, 0);
        }
    }
    /** Paints differing pixels over the page: a bit for each pixel of row `y`, the lowest of a byte first. */
    paintDiffering(y, bits) {
        forBits(bits, (x) => this.#set(x, y, diffIndex.differing));
    }
    /**
     * Paints what is neither the page nor differs in it, over the page.
     * @param shaded where a shade changed
     */
    finish(mask, shaded) {
        for (let y = 0; y < this.#size.height; y++) {
            const actualWidth = y < this.#actualSize.height ? this.#actualSize.width : 0;
            for (let x = actualWidth; x < this.#size.width; x++) {
                this.#set(x, y, diffIndex.nothing);
            }
            const unpaired = unpairedSpan(y, this.#baselineSize, this.#actualSize);
            if (unpaired.end <= actualWidth) {
                this.#tint(y, unpaired, onlyActualShade);
            }
            else {
                this.#drawStripes(y, unpaired);
            }
            for (const span of mask.spansAt(y)) {
                this.#tint(y, span, maskedShade);
            }
        }
        return { size: this.#size, rows: this.#rows, shaded };
    }
    #tint(y, { start, end }, tint) {
        for (let x = start; x < end; x++) {
            this.#set(x, y, tint(this.#get(x, y)));
        }
    }
    #drawStripes(y, { start, end }) {
        for (let x = start; x < end; x++) {
            this.#set(x, y, (x + y) % (2 * diff_canvas_stripe) < diff_canvas_stripe ? diffIndex.onlyBaseline : diffIndex.white);
        }
    }
    // The first of two pixels is in the upper four bits.
    #get(x, y) {
        const byte = this.#rows[this.#byteOf(x, y)];
        return x % 2 === 0 ? byte >> 4 : byte & 0x0f;
    }
    #set(x, y, index) {
        const at = this.#byteOf(x, y);
        const byte = this.#rows[at];
        this.#rows[at] = x % 2 === 0 ? (byte & 0x0f) | (index << 4) : (byte & 0xf0) | index;
    }
    #byteOf(x, y) {
        return y * this.#stride + 1 + (x >> 1);
    }
}

;// CONCATENATED MODULE: ./build/compare/shades/colour-distance.js
/** Of two opaque colours at the ends, as pixelmatch measures it: a threshold of 1. */
const largestDistance = 35_215;
/** What pixelmatch compares a threshold with: the greatest distance that is still within it. */
function distanceOf(threshold) {
    return largestDistance * threshold * threshold;
}
/** The distance of two opaque colours, given what they differ by in red, green and blue: pixelmatch's, in YIQ. */
function colourDistance(red, green, blue) {
    const y = red * 0.29889531 + green * 0.58662247 + blue * 0.11448223;
    const i = red * 0.59597799 - green * 0.2741761 - blue * 0.32180189;
    const q = red * 0.21147017 - green * 0.52261711 + blue * 0.31114694;
    return 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q;
}

;// CONCATENATED MODULE: ./build/compare/shades/find-runs.js

/** The runs of a row, from left to right, each as long as it can be. Pixels are words of RGBA; translucent ones are in none. */
function findRuns(baseline, actual, limits) {
    const runs = [];
    const width = baseline.length;
    const { shortest, unevenness } = limits;
    let start = 0;
    let first = find_runs_none;
    for (let x = 0; x < width;) {
        const from = baseline[x];
        const to = actual[x];
        const shift = from === to ? find_runs_none : shiftWithin(from, to, limits);
        if (first === find_runs_none || shift === find_runs_none || !find_runs_isNear(shift, first, unevenness)) {
            if (first !== find_runs_none && x - start >= shortest) {
                runs.push(createRun(baseline, actual, start, x, first));
            }
            start = x;
            first = shift;
        }
        // In a plain area every pixel is as the one before.
        x += 1;
        while (x < width && baseline[x] === from && actual[x] === to) {
            x += 1;
        }
    }
    if (first !== find_runs_none && width - start >= shortest) {
        runs.push(createRun(baseline, actual, start, width, first));
    }
    return runs;
}
/** Whether two shifts are much the same. */
function find_runs_isNear(a, b, unevenness) {
    return (Math.abs((a & 511) - (b & 511)) <= unevenness &&
        Math.abs(((a >> 9) & 511) - ((b >> 9) & 511)) <= unevenness &&
        Math.abs((a >> 18) - (b >> 18)) <= unevenness);
}
const find_runs_none = -1;
/** What a pixel is shifted by, where both colours are opaque and their distance is within the limits. */
function shiftWithin(from, to, { nearest, farthest }) {
    if ((from & to) >>> 24 !== 255) {
        return find_runs_none;
    }
    const red = (to & 255) - (from & 255);
    const green = ((to >> 8) & 255) - ((from >> 8) & 255);
    const blue = ((to >> 16) & 255) - ((from >> 16) & 255);
    const distance = colourDistance(red, green, blue);
    return distance > nearest && distance <= farthest ? red + 255 + ((green + 255) << 9) + ((blue + 255) << 18) : find_runs_none;
}
function createRun(baseline, actual, start, end, shift) {
    let plain = 0;
    let at = start;
    for (let left = start, x = start + 1; x <= end; x++) {
        if (x < end && baseline[x] === baseline[left] && actual[x] === actual[left]) {
            continue;
        }
        if (x - left > plain) {
            plain = x - left;
            at = left;
        }
        left = x;
    }
    return { start, end, shift, plain, from: baseline[at], to: actual[at] };
}

;// CONCATENATED MODULE: ./build/compare/shades/limits.js
/**
 * What noise never does: fill an area of some size evenly. Measured on two versions of Chromium, recompressed photographs
 * and the cases of bench/trust; docs/trust.md tells these limits.
 */
const shadeLimits = {
    /** In pixelmatch's measure: a gray that is 3 of 255 lighter or darker. Rounding and dithering stay below. */
    threshold: 0.01,
    /** How far the shift of a pixel's red, green or blue may be from that of its neighbours' in the region. */
    unevenness: 2,
    /** Of the squares that must fit into the region, in CSS pixels: edges, lines of text and blocks of JPEGs are narrower. */
    side: 8,
    /** At how many places such a square must fit, in CSS pixels: those of a plain area of 23 × 23. */
    places: 256,
};

;// CONCATENATED MODULE: ./build/compare/shades/shade-finder.js



/**
 * Finds areas that are shifted evenly by a little, given the rows that differ from top to bottom. Runs of shifted pixels that
 * touch from row to row are one area; it counts when squares fit into it at enough places, which noise has no room for.
 */
class ShadeFinder {
    #side;
    #places;
    #limits;
    #onRun;
    #found = [];
    #above = [];
    #y = -1;
    /** For each pixel of the last row: how many shifted ones of its area stand over each other down to it. */
    #heights;
    #heightsAbove;
    /**
     * @param width of the rows, in pixels
     * @param scale device pixels per CSS pixel
     * @param threshold of pixelmatch: what is beyond it is no shade
     * @param onRun told of each run, whether or not its area turns out to count
     */
    constructor(width, scale, threshold, onRun) {
        this.#side = Math.max(1, Math.round(shadeLimits.side * scale));
        this.#places = shadeLimits.places * scale * scale;
        this.#limits = {
            shortest: this.#side,
            nearest: distanceOf(shadeLimits.threshold),
            farthest: distanceOf(threshold),
            unevenness: shadeLimits.unevenness,
        };
        this.#onRun = onRun;
        this.#heights = new Uint32Array(width);
        this.#heightsAbove = new Uint32Array(width);
    }
    /** Adds row `y`, which is below all that were added before: a word of RGBA for each pixel. Rows left out do not differ. */
    addRow(y, baseline, actual) {
        if (y !== this.#y + 1) {
            this.#leave([]);
        }
        this.#y = y;
        const runs = findRuns(baseline, actual, this.#limits);
        if (runs.length === 0) {
            this.#leave([]);
            return;
        }
        [this.#heights, this.#heightsAbove] = [this.#heightsAbove, this.#heights];
        let first = 0;
        const placed = runs.map((run) => {
            this.#onRun(y, run.start, run.end);
            // Runs above that end before this one starts are of no use to the next ones either.
            while ((this.#above[first]?.run.end ?? Infinity) <= run.start) {
                first += 1;
            }
            const area = this.#findArea(run, first) ?? createArea(run, y);
            this.#extend(area, run);
            return { run, area };
        });
        this.#leave(placed);
    }
    /** The areas that count, largest first. */
    finish() {
        this.#leave([]);
        return this.#found.sort((a, b) => b.pixels - a.pixels || a.y - b.y || a.x - b.x);
    }
    /** The area that a run belongs to by what is above it, from the `first` of the runs there on; areas that it connects become one. */
    #findArea(run, first) {
        this.#heights.fill(1, run.start, run.end);
        let area;
        for (let at = first; at < this.#above.length; at++) {
            const over = this.#above[at];
            if (over.run.start >= run.end) {
                break;
            }
            const other = rootOf(over.area);
            if (find_runs_isNear(run.shift, other.shift, shadeLimits.unevenness)) {
                area = area === undefined ? other : join(area, other);
                this.#growHeights(Math.max(run.start, over.run.start), Math.min(run.end, over.run.end));
            }
        }
        return area;
    }
    #growHeights(start, end) {
        for (let x = start; x < end; x++) {
            this.#heights[x] = this.#heightsAbove[x] + 1;
        }
    }
    #extend(area, { start, end, plain, from, to }) {
        area.left = Math.min(area.left, start);
        area.right = Math.max(area.right, end);
        area.bottom = this.#y + 1;
        area.pixels += end - start;
        vote(area, from, to, plain);
        let highEnough = 0;
        for (let x = start; x < end; x++) {
            highEnough = this.#heights[x] >= this.#side ? highEnough + 1 : 0;
            area.places += highEnough >= this.#side ? 1 : 0;
        }
    }
    /** Goes on to the next row, and leaves the areas that do not reach it. */
    #leave(placed) {
        const bottom = placed.length === 0 ? Infinity : this.#y + 1;
        const left = new Set();
        for (const { area } of this.#above) {
            const root = rootOf(area);
            if (root.bottom < bottom && root.places >= this.#places) {
                left.add(root);
            }
        }
        for (const { left: x, top: y, right, bottom: end, pixels, from, to } of left) {
            this.#found.push({ x, y, width: right - x, height: end - y, pixels, from, to });
        }
        this.#above = placed;
    }
}
function createArea({ start, end, shift, from, to }, y) {
    return {
        joinedTo: undefined,
        left: start,
        top: y,
        right: end,
        bottom: y + 1,
        pixels: 0,
        places: 0,
        lead: 0,
        from,
        to,
        shift,
    };
}
function rootOf(area) {
    let root = area;
    while (root.joinedTo !== undefined) {
        root = root.joinedTo;
    }
    return root;
}
/** Makes two areas one: the larger, which takes in the other. */
function join(a, b) {
    if (a === b) {
        return a;
    }
    const [whole, part] = a.pixels >= b.pixels ? [a, b] : [b, a];
    part.joinedTo = whole;
    whole.left = Math.min(whole.left, part.left);
    whole.top = Math.min(whole.top, part.top);
    whole.right = Math.max(whole.right, part.right);
    whole.bottom = Math.max(whole.bottom, part.bottom);
    whole.pixels += part.pixels;
    whole.places += part.places;
    vote(whole, part.from, part.to, part.lead);
    return whole;
}
/** Counts pixels of these colours, so that those that more than half of an area has stand for it, whatever its edges look like. */
function vote(area, from, to, pixels) {
    if (area.from === from && area.to === to) {
        area.lead += pixels;
    }
    else if (area.lead >= pixels) {
        area.lead -= pixels;
    }
    else {
        area.lead = pixels - area.lead;
        area.from = from;
        area.to = to;
    }
}

;// CONCATENATED MODULE: ./build/compare/shades/shade-watch.js



/**
 * An area of which more than this share differs visibly says nothing of a shade: what stood there moved or is another. A
 * picture that differs in a larger share of its rows says nothing at all: it moved or is another.
 */
const coveredShare = 0.5;
/** Most areas that are looked at further: no more are regions (regions.ts). */
const mostShades = 64;
/** Looks for shades while two pictures are compared, given the pieces that pixelmatch is given. */
class ShadeWatch {
    #size;
    #pixels;
    #finder;
    /**
     * @param size of what is compared, in pixels
     * @param scale device pixels per CSS pixel
     */
    constructor(size, scale, threshold) {
        this.#size = size;
        this.#pixels = new ShadedPixels(size.width);
        this.#finder = new ShadeFinder(size.width, scale, threshold, (y, start, end) => this.#pixels.add(y, start, end));
    }
    /** Looks at the `inner` rows of a piece. */
    add({ rows, baseline, actual }, inner) {
        const [a, b] = [shade_watch_wordsOf(baseline), shade_watch_wordsOf(actual)];
        const { width } = this.#size;
        for (let y = inner.top; y < inner.bottom; y++) {
            const start = (y - rows.top) * width;
            this.#finder.addRow(y, a.subarray(start, start + width), b.subarray(start, start + width));
        }
    }
    /** What there is besides the regions that differ visibly, and besides `noise`. */
    finish(differing, noise = []) {
        const found = this.#finder.finish();
        const areas = shade_watch_rowsOf(differing) > this.#size.height * coveredShare
            ? []
            : found.filter((area) => !isCovered(area, differing) && !isCovered(area, noise)).slice(0, mostShades);
        return { shades: areas.map(describe), pixels: this.#pixels.within(areas) };
    }
}
function shade_watch_wordsOf(pixels) {
    return new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
}
/** How many rows have any of the regions. */
function shade_watch_rowsOf(regions) {
    let bottom = 0;
    let rows = 0;
    for (const { y, height } of regions.toSorted((a, b) => a.y - b.y)) {
        rows += Math.max(0, y + height - Math.max(y, bottom));
        bottom = Math.max(bottom, y + height);
    }
    return rows;
}
/** Whether most of an area lies in others, which hardly overlap each other. */
function isCovered(area, others) {
    const covered = others
        .filter((other) => overlaps(other, area))
        .reduce((sum, other) => sum + sharedLength(area, other, 'x', 'width') * sharedLength(area, other, 'y', 'height'), 0);
    return covered > area.width * area.height * coveredShare;
}
function sharedLength(a, b, at, length) {
    return Math.min(a[at] + a[length], b[at] + b[length]) - Math.max(a[at], b[at]);
}
function describe({ x, y, width, height, pixels, from, to }) {
    return { x, y, width, height, diffPixels: pixels, from: hexOf(from), to: hexOf(to) };
}
/** A word of RGBA, whose lowest byte is red, as `#rrggbb`. */
function hexOf(word) {
    return `#${[0, 8, 16].map((by) => ((word >> by) & 255).toString(16).padStart(2, '0')).join('')}`;
}

;// CONCATENATED MODULE: ./build/compare/find-differences.js







const noShades = { shades: [], pixels: new Map() };
/**
 * Compares two pictures laid on each other's top left corner. What both have is compared as pictures of just that size;
 * every pixel that only one has differs; masked pixels never do.
 * @throws UnreadablePicture
 */
function findDifferences(kernel, baseline, actual, matching) {
    const { mask } = matching;
    const union = unionOf(baseline.size, actual.size);
    const canvas = new DiffCanvas(kernel, baseline.size, actual.size);
    const regions = new RegionFinder(union.width);
    let diffPixels = 0;
    const area = overlapOf(baseline.size, actual.size);
    const watch = matching.shades && new ShadeWatch(area, matching.shades.scale, matching.threshold);
    const comparison = {
        ...matching,
        baseline,
        actual,
        area,
        onActualRow: (y, pixels) => canvas.paintPage(y, pixels),
    };
    const onDiffering = (y, pixels, bits) => {
        diffPixels += pixels;
        regions.addBits(y, bits);
        canvas.paintDiffering(y, bits);
    };
    compareRows(kernel, comparison, onDiffering, watch && ((piece, inner) => watch.add(piece, inner)));
    for (let y = 0; y < union.height; y++) {
        const spans = outside(mask.spansAt(y), unpairedSpan(y, baseline.size, actual.size));
        diffPixels += lengthOf(spans);
        for (const { start, end } of spans) {
            regions.addRun(y, start, end);
        }
    }
    const { shades, pixels: shaded } = watch?.finish(regions.regions(), matching.shades?.noise) ?? noShades;
    if (matching.shades?.count === true) {
        for (const [y, bits] of shaded) {
            diffPixels += countBitsOf(bits);
            regions.addBits(y, bits);
        }
    }
    const found = { diffPixels, maskedPixels: mask.pixels, regions: regions.regions(), shades };
    return diffPixels === 0 && shades.length === 0 ? found : { ...found, picture: canvas.finish(mask, shaded) };
}

;// CONCATENATED MODULE: ./build/compare/compare-pair.js
var compare_pair_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var compare_pair_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});










/** Compares in this thread; see `Comparer.compare`. The bytes stay the caller's. */
function comparePair(pair) {
    try {
        return Buffer.compare(pair.baseline, pair.actual) === 0 ? compareEqualFiles(pair) : compareUnequalFiles(pair);
    }
    catch (error) {
        if (error instanceof UnreadableFile) {
            return { kind: 'unreadable', which: error.which, reason: error.message };
        }
        throw error;
    }
}
/** Their chunks and CRCs are checked. The data is inflated only where the file is damaged: the picture may then not be whole. */
function compareEqualFiles({ baseline, scale, settings }) {
    const png = naming('baseline', () => parse_parsePng(baseline));
    if (!png.damage.isNone) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const kernel = compare_pair_addDisposableResource(env_1, Kernel.borrow(), false);
            naming('baseline', () => checkFilteredData(kernel, png));
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            compare_pair_disposeResources(env_1);
        }
    }
    const { width, height } = png.header;
    const size = { width, height };
    const { pixels: maskedPixels } = new Mask(settings.mask, scale, size);
    const comparison = describeComparison({ diffPixels: 0, maskedPixels, regions: [] }, size, size);
    return {
        kind: 'compared',
        status: 'unchanged',
        comparison: { ...comparison, ...findDamage({ baseline: png.damage, actual: png.damage }) },
        shades: [],
    };
}
function compareUnequalFiles({ baseline, actual, scale, settings, shadeNoise = [] }) {
    const a = openPart('baseline', baseline);
    const b = openPart('actual', actual);
    const mask = new Mask(settings.mask, scale, unionOf(a.size, b.size));
    const shades = settings.shades === undefined ? undefined : { scale, count: settings.shades === 'fail', noise: shadeNoise };
    const { picture, shades: found, ...differences } = findAllDifferences(a, b, { ...settings, mask, shades });
    const comparison = {
        ...describeComparison(differences, a.size, b.size),
        ...findDamage({ baseline: a.damage, actual: b.damage }),
    };
    return { kind: 'compared', status: decideStatus(comparison, settings), comparison, shades: found, ...defined({ picture }) };
}
/** What is to be told of files that are damaged where it does not matter; known once they are read to their end. */
function findDamage(damage) {
    const findings = sides
        .filter((which) => !damage[which].isNone)
        .map((which) => ({ kind: 'damaged-file', which, reason: damage[which].toString() }));
    return findings.length === 0 ? {} : { findings };
}
function findAllDifferences(baseline, actual, { threshold, includeAntiAliasing, mask, shades }) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const kernel = compare_pair_addDisposableResource(env_2, Kernel.borrow(), false);
        return findDifferences(kernel, baseline, actual, { threshold, includeAntiAliasing, mask, shades });
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        compare_pair_disposeResources(env_2);
    }
}
function openPart(which, file) {
    const png = naming(which, () => parse_parsePng(file));
    const picture = naming(which, () => pictureOf(png));
    return {
        ...picture,
        damage: png.damage,
        start(kernel, mostRows) {
            const rows = picture.start(kernel, mostRows);
            return { read: (count) => naming(which, () => rows.read(count)), finish: () => naming(which, () => rows.finish()) };
        },
    };
}

;// CONCATENATED MODULE: ./build/compare/draw-diff.js





/**
 * Makes a painted diff picture a PNG, with changed shades in amber, and with the `hatched` areas, in device pixels, hatched in
 * blue and framed.
 */
async function drawDiff(picture, hatched) {
    const { size, rows, shaded } = picture;
    if (hatched.length === 0 && shaded.size === 0) {
        return encodeIndexedPng(size, diffPalette, slabsOf(rows, indexedStride(size.width)));
    }
    const stride = 1 + size.width;
    const indexes = unpack(picture, stride);
    for (const [y, row] of shaded) {
        forBits(row, (x) => {
            const at = y * stride + 1 + x;
            indexes[at] = shadedShade(indexes[at]);
        });
    }
    for (const area of hatched) {
        hatchArea(area, size, (x, y) => {
            indexes[y * stride + 1 + x] = hatchedIndex;
        });
    }
    return encodeIndexedPng(size, widePalette, slabsOf(indexes, stride));
}
/** A byte a pixel, because these are more colours than four bits hold. */
function unpack({ size: { width, height }, rows }, stride) {
    const packedStride = indexedStride(width);
    const indexes = new Uint8Array(stride * height);
    for (let y = 0; y < height; y++) {
        const packed = y * packedStride + 1;
        const row = y * stride + 1;
        for (let at = 0; at < width >> 1; at++) {
            const byte = rows[packed + at];
            indexes[row + 2 * at] = byte >> 4;
            indexes[row + 2 * at + 1] = byte & 0x0f;
        }
        if (width % 2 === 1) {
            indexes[row + width - 1] = rows[packed + (width >> 1)] >> 4;
        }
    }
    return indexes;
}
/** Deflating is given a part at a time, so that what waits for it stays small. */
function* slabsOf(rows, stride) {
    const slab = rowsWithin(stride) * stride;
    for (let start = 0; start < rows.length; start += slab) {
        yield rows.subarray(start, start + slab);
    }
}

;// CONCATENATED MODULE: ./build/compare/hatch.js



/** What is left of a capture's contrast. */
const contrast = 0.3;
/** The PNG with the areas hatched in blue and framed; undefined when the picture is too large to be drawn on. */
function hatch({ picture, areas }) {
    const decoded = tryDecode(picture);
    if (decoded === undefined) {
        return undefined;
    }
    const { width, height, pixels } = decoded;
    hatch_fade(pixels);
    for (const area of areas) {
        hatchArea(area, decoded, (x, y) => pixels.set(hatchColour, (y * width + x) * 4));
    }
    const png = new lib_png/* PNG */.O({ width, height });
    png.data = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
    return new Uint8Array(lib_png/* PNG */.O.sync.write(png, { colorType: 2, deflateLevel: 3 }));
}
function hatch_fade(pixels) {
    for (let at = 0; at < pixels.length; at++) {
        pixels[at] = at % 4 === 3 ? 255 : 255 + (pixels[at] - 255) * contrast;
    }
}

;// CONCATENATED MODULE: ./build/compare/jpeg.js


/** Second bytes of JPEG's markers (ITU T.81, table B.1); the first is always 0xff. */
const marker = {
    startOfImage: 0xd8,
    endOfImage: 0xd9,
    startOfScan: 0xda,
    firstRestart: 0xd0,
    temporary: 0x01,
    fill: 0xff,
};
/** Start of frame: 0xc0 to 0xcf, but for the three that define tables (0xc4, 0xcc) or an extension (0xc8). */
function startsFrame(code) {
    return code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
}
function hasJpegSignature(bytes) {
    return bytes[0] === 0xff && bytes[1] === marker.startOfImage && bytes[2] === 0xff;
}
/**
 * Reads a JPEG's structure from segment to segment: a frame header with a size, at least one scan with data, and the
 * end marker. The entropy-coded data is not decoded: JPEGs are reported and never compared, so no decoder is shipped.
 * @throws UnreadablePicture
 */
function readJpegSize(bytes) {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    checkFileSize(file.length);
    let size;
    let scans = 0;
    for (const { code, data, byte } of segmentsOf(file)) {
        if (code === marker.endOfImage) {
            if (size === undefined || scans === 0) {
                throw new UnreadablePicture('it holds no picture data');
            }
            return size;
        }
        if (startsFrame(code)) {
            if (data.length < 6) {
                throw new UnreadablePicture(`its frame header at byte ${byte} is too short`);
            }
            size = { width: data.readUInt16BE(3), height: data.readUInt16BE(1) };
            checkSize(size);
        }
        if (code === marker.startOfScan) {
            scans += 1;
        }
    }
    throw new UnreadablePicture('it ends without its end marker');
}
function* segmentsOf(file) {
    let count = 0;
    for (let byte = skipFill(file, 2); byte + 2 <= file.length; count++) {
        if (count === pictureLimits.segments) {
            throw new UnreadablePicture(`it has more than ${pictureLimits.segments.toLocaleString('en-US')} segments`);
        }
        const segment = readSegment(file, byte);
        yield segment;
        byte = skipFill(file, segment.end);
    }
}
/** Any number of fill bytes may stand before a marker; where it starts. */
function skipFill(file, from) {
    let byte = from;
    while (file[byte] === 0xff && file[byte + 1] === marker.fill) {
        byte += 1;
    }
    return byte;
}
function readSegment(file, byte) {
    const [first, code] = [file.readUInt8(byte), file.readUInt8(byte + 1)];
    if (first !== 0xff) {
        throw new UnreadablePicture(`there is no segment where one should start, at byte ${byte}`);
    }
    if (isBare(code)) {
        return { code, data: file.subarray(0, 0), byte, end: byte + 2 };
    }
    const dataEnd = byte + 4 > file.length ? Infinity : byte + 2 + file.readUInt16BE(byte + 2);
    if (dataEnd < byte + 4 || dataEnd > file.length) {
        throw new UnreadablePicture(`it ends within a segment at byte ${byte}`);
    }
    const end = code === marker.startOfScan ? endOfScan(file, dataEnd) : dataEnd;
    return { code, data: file.subarray(byte + 4, dataEnd), byte, end };
}
/** Markers without data: restarts, start and end of image. */
function isBare(code) {
    return code === marker.temporary || (code >= marker.firstRestart && code <= marker.endOfImage);
}
/** Where the entropy-coded data that starts at `from` ends: at the next marker that is neither a stuffed zero nor a restart. */
function endOfScan(file, from) {
    // Byte by byte: a search for each 0xff would take long where there is nothing else.
    for (let byte = from; byte + 1 < file.length; byte++) {
        if (file[byte] === 0xff && endsScan(file[byte + 1] ?? 0)) {
            return byte;
        }
    }
    return file.length;
}
function endsScan(code) {
    return code !== 0 && code !== marker.fill && !(code >= marker.firstRestart && code < marker.startOfImage);
}

;// CONCATENATED MODULE: ./build/compare/inspect.js
var inspect_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var inspect_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});







/** Inspects in this thread; see `Comparer.inspect`. */
async function inspectPicture(bytes) {
    try {
        return hasJpegSignature(bytes) ? { kind: 'image', format: 'jpeg', size: readJpegSize(bytes) } : inspectPng(bytes);
    }
    catch (error) {
        if (error instanceof UnreadablePicture) {
            return { kind: 'unreadable', reason: error.message };
        }
        throw error;
    }
}
function inspectPng(bytes) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const kernel = inspect_addDisposableResource(env_1, Kernel.borrow(), false);
        const png = parse_parsePng(bytes);
        if (!isReadByRows(png)) {
            checkHeldWhole(png.header);
        }
        checkFilteredData(kernel, png);
        const { width, height } = png.header;
        return { kind: 'image', format: 'png', size: { width, height } };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        inspect_disposeResources(env_1);
    }
}

;// CONCATENATED MODULE: ./build/compare/messages.js
/** What a worker says first: it was loaded, and whatever goes wrong from now on comes of what it is asked. */
const workerIsReady = 'ready';

;// CONCATENATED MODULE: ./build/compare/triptych/shrink.js
/** Scales pixels down to `size` by averaging what falls on each, weighed by its alpha. Never enlarges. */
function shrink(pixels, size) {
    if (size.width >= pixels.width && size.height >= pixels.height) {
        return pixels;
    }
    const rgba = new Uint8Array(size.width * size.height * 4);
    for (let y = 0; y < size.height; y++) {
        const rows = spanOf(y, size.height, pixels.height);
        for (let x = 0; x < size.width; x++) {
            writeAverage(pixels, spanOf(x, size.width, pixels.width), rows, rgba, (y * size.width + x) * 4);
        }
    }
    return { ...size, rgba };
}
/** The pixels of the large side that fall on pixel `index` of the small one. */
function spanOf(index, small, large) {
    const start = Math.floor((index * large) / small);
    return { start, end: Math.max(Math.floor(((index + 1) * large) / small), start + 1) };
}
function writeAverage({ width, rgba }, columns, rows, out, to) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let y = rows.start; y < rows.end; y++) {
        const end = (y * width + columns.end) * 4;
        for (let at = (y * width + columns.start) * 4; at < end; at += 4) {
            const opacity = rgba[at + 3] ?? 0;
            red += (rgba[at] ?? 0) * opacity;
            green += (rgba[at + 1] ?? 0) * opacity;
            blue += (rgba[at + 2] ?? 0) * opacity;
            alpha += opacity;
        }
    }
    if (alpha > 0) {
        out[to] = Math.round(red / alpha);
        out[to + 1] = Math.round(green / alpha);
        out[to + 2] = Math.round(blue / alpha);
        out[to + 3] = Math.round(alpha / ((columns.end - columns.start) * (rows.end - rows.start)));
    }
}

;// CONCATENATED MODULE: ./build/compare/thumbnail.js
var thumbnail_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var thumbnail_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});






/**
 * A small PNG of a page: its whole width on at most `size.width` pixels, from the top as far as `size.height` rows show.
 * Only those rows are decoded, so a long page costs no more than a short one. Undefined when the file cannot be decoded.
 */
async function renderThumbnail(png, size) {
    try {
        const page = openPicture(png);
        const ratio = Math.max(page.size.width / size.width, 1);
        const rows = Math.min(Math.ceil(size.height * ratio), page.size.height);
        const small = {
            width: Math.round(page.size.width / ratio),
            height: Math.max(1, Math.min(Math.round(rows / ratio), size.height)),
        };
        return await encode(shrinkTop(page, rows, small));
    }
    catch (error) {
        if (error instanceof UnreadablePicture) {
            return undefined;
        }
        throw error;
    }
}
/** The first rows of a picture, small. No more of them are held than fall on one row of the result. */
function shrinkTop(page, rows, size) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { width } = page.size;
        const rgba = new Uint8Array(size.width * size.height * 4);
        const held = new Uint8Array(width * 4 * Math.ceil(rows / size.height));
        const kernel = thumbnail_addDisposableResource(env_1, Kernel.borrow(), false);
        const reader = new PixelReader(kernel, page);
        for (let y = 0; y < size.height; y++) {
            const { start, end } = spanOf(y, size.height, rows);
            for (let row = start; row < end; row++) {
                held.set(kernel.view(reader.next(), width * 4), (row - start) * width * 4);
            }
            const row = shrink({ width, height: end - start, rgba: held }, { width: size.width, height: 1 });
            rgba.set(row.rgba.subarray(0, size.width * 4), y * size.width * 4);
        }
        return { ...size, rgba };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        thumbnail_disposeResources(env_1);
    }
}
/** Steps of red, green and blue in the fixed palette; the eye tells greens apart best. */
const steps = { red: 6, green: 7, blue: 6 };
const thumbnail_palette = Array.from({ length: steps.red * steps.green * steps.blue }, (_, index) => [
    brightness(Math.floor(index / (steps.green * steps.blue)), steps.red),
    brightness(Math.floor(index / steps.blue) % steps.green, steps.green),
    brightness(index % steps.blue, steps.blue),
]);
/** With a fixed palette a thumbnail takes a quarter of the bytes of RGB, which is what counts in a page of a thousand. */
async function encode({ width, height, rgba }) {
    const rows = new Uint8Array(height * (1 + width));
    for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
            rows[y * (1 + width) + 1 + x] = nearestColor(rgba, (y * width + x) * 4);
        }
    }
    return encodeIndexedPng({ width, height }, thumbnail_palette, [rows]);
}
/** The index of the palette's colour for the pixel at `at`, laid over white. */
function nearestColor(rgba, at) {
    const alpha = rgba[at + 3] ?? 0;
    const level = (channel, count) => {
        const overWhite = 255 + (((rgba[at + channel] ?? 0) - 255) * alpha) / 255;
        return Math.round((overWhite / 255) * (count - 1));
    };
    return (level(0, steps.red) * steps.green + level(1, steps.green)) * steps.blue + level(2, steps.blue);
}
function brightness(level, count) {
    return Math.round((level / (count - 1)) * 255);
}

;// CONCATENATED MODULE: ./build/compare/triptych/compose.js
/** Between two panels, in pixels. Nothing is drawn there, so that it fits light and dark pages. */
const gap = 12;
/** A line around each panel, since a white page on a white comment has no end. Half see-through grey fits both as well. */
const compose_frame = [128, 128, 128, 160];
const frameWidth = 1;
/** Lays panels of one size beside each other, each in a frame. */
function layBeside(panels) {
    const { width: innerWidth, height: innerHeight } = panels[0] ?? { width: 0, height: 0 };
    const panelWidth = innerWidth + 2 * frameWidth;
    const width = panels.length * panelWidth + (panels.length - 1) * gap;
    const height = innerHeight + 2 * frameWidth;
    const rgba = new Uint8Array(width * height * 4);
    const fill = (x, y, count) => {
        for (let column = x; column < x + count; column++) {
            rgba.set(compose_frame, (y * width + column) * 4);
        }
    };
    for (const [index, panel] of panels.entries()) {
        const left = index * (panelWidth + gap);
        fill(left, 0, panelWidth);
        for (let y = 0; y < innerHeight; y++) {
            fill(left, y + frameWidth, frameWidth);
            const row = panel.rgba.subarray(y * innerWidth * 4, (y + 1) * innerWidth * 4);
            rgba.set(row, ((y + frameWidth) * width + left + frameWidth) * 4);
            fill(left + panelWidth - frameWidth, y + frameWidth, frameWidth);
        }
        fill(left, height - frameWidth, panelWidth);
    }
    return { width, height, rgba };
}

;// CONCATENATED MODULE: ./build/compare/triptych/crop.js
var crop_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var crop_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});



/**
 * The pixels of a PNG within `area`; where the picture ends before it, they stay transparent. A few rows are held at a time,
 * and none below the area is read.
 * @throws UnreadablePicture
 */
async function cropPng(file, { x, y, width, height }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const picture = openPicture(file);
        const columns = Math.max(0, Math.min(width, picture.size.width - x));
        const bottom = Math.min(y + height, picture.size.height);
        const rgba = new Uint8Array(width * height * 4);
        const kernel = crop_addDisposableResource(env_1, Kernel.borrow(), false);
        const reader = new PixelReader(kernel, picture);
        for (let row = 0; row < bottom; row++) {
            const pixels = reader.next();
            if (row >= y) {
                rgba.set(kernel.view(pixels + x * 4, columns * 4), (row - y) * width * 4);
            }
        }
        return { width, height, rgba };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        crop_disposeResources(env_1);
    }
}

;// CONCATENATED MODULE: ./build/compare/triptych/triptych.js





/** Largest panels, in pixels, with room to look at them on a screen of two device pixels each. */
const panelSize = { width: 480, height: 420 };
/** For what would be too many bytes, such as photographs. */
const smallPanelSize = { width: 240, height: 280 };
/** Text on three panels takes 30 to 150 kB. */
const mostBytes = 400_000;
/**
 * One picture with baseline, capture and diff beside each other, cropped to `area`. Undefined when one of them cannot
 * be decoded. They are read one after the other, so that not more than one whole picture is in memory.
 */
async function renderTriptych({ baseline, actual, diff, area }) {
    try {
        const crops = [];
        for (const file of [baseline, actual, diff]) {
            crops.push(await cropPng(file, area));
        }
        const triptych = compose(crops, panelSize);
        return triptych.bytes.length <= mostBytes ? triptych : compose(crops, smallPanelSize);
    }
    catch (error) {
        if (error instanceof UnreadablePicture) {
            return undefined;
        }
        throw error;
    }
}
function compose(crops, limit) {
    const { width, height, rgba } = layBeside(crops.map((crop) => shrink(crop, fitInto(crop, limit))));
    const png = new lib_png/* PNG */.O({ width, height });
    png.data = Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength);
    return { bytes: lib_png/* PNG */.O.sync.write(png, { colorType: 6, deflateLevel: 9 }), size: { width, height } };
}
/** The largest size of the same shape that fits. Never larger than it is. */
function fitInto({ width, height }, limit) {
    const ratio = Math.max(width / limit.width, height / limit.height, 1);
    return { width: Math.max(1, Math.round(width / ratio)), height: Math.max(1, Math.round(height / ratio)) };
}

;// CONCATENATED MODULE: ./build/worker/index.js











/**
 * Entry of a comparison worker: answers one request after the other. Whatever it throws ends the worker, which the pool
 * notices and replaces.
 */
external_node_worker_threads_namespaceObject.parentPort?.postMessage(workerIsReady);
external_node_worker_threads_namespaceObject.parentPort?.on('message', async (request) => {
    const answer = await answerTo(request);
    external_node_worker_threads_namespaceObject.parentPort?.postMessage(answer, transferable(answer));
    if (request.kind === 'compare') {
        release(request.pair);
    }
});
/** Frees both files now: they are megabytes, and the collector, which sees few objects, would let many of them gather. */
function release({ baseline, actual }) {
    for (const { buffer } of [baseline, actual]) {
        if (buffer instanceof ArrayBuffer) {
            buffer.transfer(0);
        }
    }
}
/** A diff picture is handed over and not copied: it may be as large as both files. */
function transferable(answer) {
    const isComparison = typeof answer === 'object' && 'kind' in answer && answer.kind === 'compared';
    const buffer = isComparison ? answer.picture?.rows.buffer : undefined;
    return buffer instanceof ArrayBuffer ? [buffer] : [];
}
async function answerTo(request) {
    switch (request.kind) {
        case 'compare':
            return comparePair(request.pair);
        case 'draw':
            return drawDiff(request.picture, request.hatched);
        case 'inspect':
            return inspectPicture(request.bytes);
        case 'align':
            return alignPair(request.pair, request.diffPixels, request.pixelsPerCssPixel);
        case 'trace':
            return traceRegions(request.pair, request.regions, request.pixelsPerCssPixel);
        case 'hatch':
            return hatch(request.request);
        case 'isBlank':
            return isBlank(request.png);
        case 'triptych':
            return renderTriptych(request.request);
        case 'thumbnail':
            return renderThumbnail(request.png, request.size);
    }
}

